def run_single_user(user_class, **kwargs):
    raise NotImplementedError("run_single_user is for a debugger: run the file with python")
