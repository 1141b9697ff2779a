package gregaria

import (
	_ "github.com/NVIDIA/go-nvml/pkg/nvml"
	_ "github.com/alecthomas/kong"
	_ "github.com/chromedp/chromedp"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/shirou/gopsutil/v3/cpu"
	_ "github.com/shirou/gopsutil/v3/mem"
	_ "github.com/shirou/gopsutil/v3/process"
	_ "github.com/shirou/gopsutil/v3/net"
	_ "github.com/shirou/gopsutil/v3/disk"
	_ "github.com/ugorji/go/codec"
	_ "github.com/valyala/fasthttp"
	_ "github.com/zeromq/goczmq"
	_ "golang.org/x/sys/unix"
	_ "pgregory.net/rapid"
	_ "golang.org/x/term"
	_ "golang.org/x/sync/errgroup"
)
