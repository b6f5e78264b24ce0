"""The browser's door: access, form, action, answer. May import access, forms, actions, models, policy and the store."""
