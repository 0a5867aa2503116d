//! One YAML file in, settings of every folder out, or all errors at once.
