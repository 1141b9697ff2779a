# The part of the plug-in that has --rate: tasks a second over all users.
