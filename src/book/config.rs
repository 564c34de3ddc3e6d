//! The settings of a book: `[preprocessor.galley]` of book.toml and what of mdBook's own tables matters to Galley.

