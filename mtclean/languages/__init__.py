"""What is known of a language: how common its words are, and its word lists, one folder a language."""
