"""The browser's door to the archive: access, form, action, answer. May import moderation.access and what lies below it."""
