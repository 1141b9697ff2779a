from locust._wait_time import between, constant, constant_pacing, constant_throughput, poisson
