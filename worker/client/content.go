package client

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// A Body is what a request carries.
type Body struct {
	// ContentType is the body's MIME type; "" sends none.
	ContentType string
	// Bytes is the content. The session does not change or keep it.
	Bytes []byte
}

// JSON returns v as a body. It panics if v has no JSON form, which is a bug of the scenario: the task that does it
// shows up in the Exceptions tab.
func JSON(v any) Body {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return Body{"application/json", b}
}

// Form returns values as the body of an HTML form. No values are no body, as in requests.
func Form(values url.Values) Body {
	if len(values) == 0 {
		return Body{}
	}
	return Body{"application/x-www-form-urlencoded", []byte(values.Encode())}
}

// A Part is a field or a file of a multipart body.
type Part struct {
	// Field is the name of the form's field.
	Field string
	// File is the file's name; "" makes the part a plain field.
	File string
	// ContentType is the part's MIME type; "" sends none.
	ContentType string
	// Bytes is the content.
	Bytes []byte
}

// Multipart returns parts as the body of an HTML form with files: fields first, then files, as requests sends them.
func Multipart(parts ...Part) Body {
	var id [16]byte
	_, _ = rand.Read(id[:]) // it never fails
	boundary := hex.EncodeToString(id[:])
	var b bytes.Buffer
	for _, files := range []bool{false, true} {
		for _, p := range parts {
			if (p.File != "") == files {
				p.write(&b, boundary)
			}
		}
	}
	fmt.Fprintf(&b, "--%s--\r\n", boundary)
	return Body{"multipart/form-data; boundary=" + boundary, b.Bytes()}
}

func (p Part) write(b *bytes.Buffer, boundary string) {
	quoted := strings.NewReplacer("\n", "%0A", "\r", "%0D", `"`, "%22") // urllib3.fields.format_multipart_header_param
	fmt.Fprintf(b, "--%s\r\nContent-Disposition: form-data; name=\"%s\"", boundary, quoted.Replace(p.Field))
	if p.File != "" {
		fmt.Fprintf(b, "; filename=\"%s\"", quoted.Replace(p.File))
	}
	if p.ContentType != "" {
		fmt.Fprintf(b, "\r\nContent-Type: %s", p.ContentType)
	}
	b.WriteString("\r\n\r\n")
	b.Write(p.Bytes)
	b.WriteString("\r\n")
}
