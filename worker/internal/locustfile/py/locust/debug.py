from _absent import Absent

# It is for a debugger: run the file with python.
run_single_user = Absent("locust.run_single_user")
