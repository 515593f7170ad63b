"""The rules, pure: standard library only, frozen records, no file, no clock, no locale."""
