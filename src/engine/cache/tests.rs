//! The cache with a folder of its own.
