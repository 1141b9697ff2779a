package requests

import (
	"crypto/tls"
	"fmt"
	"net"
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// origin is where the pool's connections lead, through its proxy if it has one.
func (x *exchange) origin(t *thread) (*wire.Origin, error) {
	secure := x.scheme == "https"
	o := &wire.Origin{TLS: secure, Address: net.JoinHostPort(strings.Trim(x.host, "[]"), strconv.FormatInt(x.port, 10)), Host: x.host}
	if strings.Contains(x.host, ":") && !strings.HasPrefix(x.host, "[") {
		o.Host = "[" + x.host + "]"
	}
	if usual := map[bool]int64{false: 80, true: 443}[secure]; x.port != usual {
		o.Host += ":" + strconv.FormatInt(x.port, 10)
	}
	var proxy, kw value
	if err := attributes(t, x.pool, map[string]*value{"proxy": &proxy, "conn_kw": &kw}); err != nil {
		return nil, err
	}
	d, _ := kw.(*python.Dict)
	var err error
	if o.Local, err = x.local(t, d); err != nil {
		return nil, err
	}
	if !given(proxy) {
		return o, nil
	}
	return o, x.through(t, o, proxy)
}

// through makes the way to an origin lead through a proxy. A request for http says the whole URL, and the Host of that.
func (x *exchange) through(t *thread, o *wire.Origin, proxy value) error {
	var scheme, host, port value
	if err := attributes(t, proxy, map[string]*value{"scheme": &scheme, "host": &host, "port": &port}); err != nil {
		return err
	}
	name, _ := python.AsStr(host)
	n, _ := python.AsInt(port)
	kind, _ := python.AsStr(scheme)
	p := wire.Proxy{Address: net.JoinHostPort(strings.Trim(name, "[]"), strconv.FormatInt(n, 10)), TLS: kind == "https"}
	if !strings.HasPrefix(x.path, "/") {
		o.TLS = false
		if _, rest := splitScheme(x.path); strings.HasPrefix(rest, "//") {
			o.Host = splitURL(x.path).netloc
		}
	}
	v, err := t.GetAttr(x.pool, "proxy_headers")
	if err != nil {
		return err
	}
	var lines []byte
	err = pairs(t, v, func(k, v value) (err error) {
		name, _ := isText(k)
		lines, err = appendField(lines, name, v)
		return err
	})
	if err != nil {
		return err
	}
	if p.TLS {
		p.Config, err = x.proxyConfig(t, name)
		if p.Unready, err = unreadyError(err); err != nil {
			return err
		}
	}
	o.Proxy = x.classes.proxy(p, string(lines))
	return nil
}

// proxyConfig is the TLS settings for the pool's proxy of a name: those of the pool, without its client's certificate, where the
// proxy's own say nothing else (HTTPSConnection._connect_tls_proxy).
func (x *exchange) proxyConfig(t *thread, name string) (*tls.Config, error) {
	own := []named{{name: "ssl_context"}, {name: "assert_hostname"}, {name: "fingerprint"}}
	config, err := t.GetAttr(x.pool, "proxy_config")
	if err != nil {
		return nil, err
	}
	if given(config) {
		slots := map[string]*value{"ssl_context": &own[0].v, "assert_hostname": &own[1].v, "assert_fingerprint": &own[2].v}
		if err := attributes(t, config, slots); err != nil {
			return nil, err
		}
	}
	for i := range own {
		own[i].v = or(own[i].v, python.None)
	}
	if given(own[0].v) {
		return x.classes.secured(t, name, own)
	}
	for _, s := range poolSettings() {
		switch s.name {
		case "cert_reqs", "ca_certs", "ca_cert_dir", "ca_cert_data", "ssl_version", "ssl_minimum_version", "ssl_maximum_version":
			v, err := t.HasAttr(x.pool, s.attr)
			if err != nil {
				return nil, err
			}
			own = append(own, named{s.name, or(v, python.None)})
		}
	}
	return x.classes.secured(t, name, own)
}

// proxy returns the proxy of an address and of the header lines that it is asked for tunnels with: the same for all, so that
// connections through it can be shared.
func (c *Classes) proxy(p wire.Proxy, lines string) *wire.Proxy {
	if p.Unready != nil {
		return &p
	}
	id := p.Address + "\x00" + lines
	if p.TLS {
		id = fmt.Sprintf("%p %s", p.Config, id)
	}
	if made, ok := c.proxies[id]; ok {
		return made
	}
	p.Connect = func(target string) string {
		return "CONNECT " + target + " HTTP/1.0\r\n" + lines + "\r\n"
	}
	c.proxies[id] = &p
	return &p
}
