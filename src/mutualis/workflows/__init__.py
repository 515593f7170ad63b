"""The use cases: gather the inputs, make a pure plan, apply it."""
