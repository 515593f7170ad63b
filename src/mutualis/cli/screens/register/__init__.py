"""What `register` shows: documents, exports, the proof."""
