"""What the machine does between the rows and the world. May import graph, actions, audit, models, policy, store."""
