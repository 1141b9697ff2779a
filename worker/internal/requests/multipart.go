package requests

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
)

func itoa(n int) string { return strconv.Itoa(n) }

func hexOf(n int) string { return strconv.FormatInt(int64(n), 16) }

// boundary is a new one, of 32 hexadecimal digits.
func boundary() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // it never fails
	return hex.EncodeToString(id[:])
}

// prepareFiles makes a multipart body: fields first, then files (RequestEncodingMixin._encode_files).
func (c *Classes) prepareFiles(t *thread, p *Prepared, q *Call) error {
	if _, text := isText(q.Data); text && given(q.Data) {
		return python.Errorf(python.ValueError, "Data must not be a string.")
	}
	form := multipart{boundary: boundary(), quote: quoteParam}
	if given(q.Data) {
		if err := form.fields(t, q.Data); err != nil {
			return err
		}
	}
	if err := form.files(t, q.Files); err != nil {
		return err
	}
	p.body = form.end()
	p.setLength(len(p.body))
	p.setType("multipart/form-data; boundary=" + form.boundary)
	return nil
}

// A multipart is a form with files.
type multipart struct {
	boundary string
	quote    func(string) string
	b        []byte
}

func (m *multipart) end() []byte { return append(m.b, "--"+m.boundary+"--\r\n"...) }

// fields adds plain fields.
func (m *multipart) fields(t *thread, data value) error {
	return pairs(t, data, func(k, vs value) error {
		name, _ := isText(k)
		return each(t, vs, func(v value) error {
			s, ok := isText(v)
			if !ok {
				var err error
				if s, err = t.Str(v); err != nil {
					return err
				}
			}
			m.part(name, "", false, nil, s)
			return nil
		})
	})
}

// part adds one part; extra are header lines behind its disposition.
func (m *multipart) part(name, file string, hasFile bool, extra []string, content string) {
	m.b = append(m.b, "--"+m.boundary+"\r\nContent-Disposition: form-data; name=\""+m.quote(name)+"\""...)
	if hasFile {
		m.b = append(m.b, "; filename=\""+m.quote(file)+"\""...)
	}
	for _, line := range extra {
		m.b = append(m.b, "\r\n"+line...)
	}
	m.b = append(append(append(m.b, "\r\n\r\n"...), content...), "\r\n"...)
}

// quoteParam is urllib3.fields.format_multipart_header_param.
func quoteParam(s string) string {
	return strings.NewReplacer("\n", "%0A", "\r", "%0D", `"`, "%22").Replace(s)
}

// files adds the files: each a file, bytes or str, or a tuple of a name and that, with a type and headers.
func (m *multipart) files(t *thread, files value) error {
	return pairs(t, files, func(k, v value) error {
		name, _ := isText(k)
		file, content, extra, err := fileTuple(t, name, v)
		if err != nil {
			return err
		}
		s, ok, err := fileContent(t, content)
		if err != nil || !ok {
			return err
		}
		fileName, hasFile := isText(file)
		m.part(name, fileName, hasFile, extra, s)
		return nil
	})
}

// fileTuple takes what stands for a file apart.
func fileTuple(t *thread, field string, v value) (name, content value, extra []string, err error) {
	if _, ok := python.Unwrap(v).(*python.Tuple); !ok {
		if _, ok = python.Unwrap(v).(*python.List); !ok {
			name, err = guessName(t, v)
			return or(name, python.NewStr(field)), v, nil, err
		}
	}
	items, err := t.ToSlice(v)
	if err != nil {
		return nil, nil, nil, err
	}
	if len(items) < 2 || len(items) > 4 {
		return nil, nil, nil, unpackFile(len(items))
	}
	// urllib3 puts the type behind the disposition and headers of one's own behind that.
	if len(items) > 2 && given(items[2]) {
		s, _ := isText(items[2])
		extra = append(extra, "Content-Type: "+s)
	}
	if len(items) > 3 && given(items[3]) {
		err = pairs(t, items[3], func(k, v value) error {
			key, _ := isText(k)
			val, err := t.Str(v)
			extra = append(extra, key+": "+val)
			return err
		})
	}
	return items[0], items[1], extra, err
}

func unpackFile(n int) error {
	if n < 2 {
		return python.Errorf(python.ValueError, "not enough values to unpack (expected 4, got %d)", n)
	}
	return python.Errorf(python.ValueError, "too many values to unpack (expected 4)")
}

// fileContent reads a file; ok is false for None, which is left out.
func fileContent(t *thread, v value) (s string, ok bool, err error) {
	if !given(v) {
		return "", false, nil
	}
	if s, ok = isText(v); ok {
		return s, true, nil
	}
	read, err := t.HasAttr(v, "read")
	if err != nil {
		return "", false, err
	}
	if read != nil {
		if v, err = t.Call(read); err != nil {
			return "", false, err
		}
		if s, ok = isText(v); ok {
			return s, true, nil
		}
	}
	return "", false, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(v).Name())
}

// guessName is requests.utils.guess_filename.
func guessName(t *thread, v value) (value, error) {
	if _, text := isText(v); text {
		return nil, nil //nolint:nilnil // none
	}
	name, err := t.HasAttr(v, "name")
	if err != nil || name == nil {
		return nil, err
	}
	s, ok := isText(name)
	if !ok || s == "" || s[0] == '<' || s[len(s)-1] == '>' {
		return nil, nil //nolint:nilnil // none
	}
	return python.NewStr(s[strings.LastIndexByte(s, '/')+1:]), nil
}

// basic is the value of an Authorization header (requests.auth._basic_auth_str).
func basic(t *thread, user, password value) (string, error) {
	var both [2]string
	for i, v := range []value{user, password} {
		s, ok := python.AsStr(v)
		if !ok {
			if both[i], ok = python.AsBytes(v); ok {
				continue
			}
			var err error
			if s, err = t.Str(v); err != nil {
				return "", err
			}
		}
		encoded, err := python.EncodeStr(s, "latin-1")
		if err != nil {
			return "", err
		}
		both[i] = encoded
	}
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(both[0]+":"+both[1])), nil
}

// authFromURL takes the credentials of the URL (requests.utils.get_auth_from_url).
func (c *Classes) authFromURL(p *Prepared) {
	u := splitURL(p.to.url())
	i := strings.LastIndexByte(u.netloc, '@')
	if i < 0 {
		return
	}
	user, password, has := strings.Cut(u.netloc[:i], ":")
	if !has || user == "" && password == "" {
		return
	}
	both := unquote(user) + ":" + unquote(password)
	if encoded, err := python.EncodeStr(both, "latin-1"); err == nil {
		both = encoded
	}
	p.authorize("Basic " + base64.StdEncoding.EncodeToString([]byte(both)))
}

// unquote undoes percent-encoding.
func unquote(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hexDigit(s[i+1]) >= 0 && hexDigit(s[i+2]) >= 0 {
			b = append(b, byte(hexDigit(s[i+1])<<4|hexDigit(s[i+2])))
			i += 2
			continue
		}
		b = append(b, s[i])
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}
