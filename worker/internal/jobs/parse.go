package jobs

import "strings"

// Example is a job as people write one.
const Example = "POST /api/v1/story -> GET /api/v1/story/[id] until $.status in (done, failed)"

// Parse reads a job:
//
//	job       = request "->" request "until" condition { "failing" failing | "id" path | "id" "header" name }
//	request   = type name                 a * in a name is any text; what stands in quotes is taken as it is
//	condition = subject ( "in" values | "not in" values | "=" value | "!=" value | "exists" )
//	subject   = path | "status"           status is that of HTTP: 200, or 4xx for all that begin so
//	failing   = values | condition        values are those of the first condition's subject
//	values    = "(" value { "," value } ")"
//
// The error says where and what is wrong, in one line.
func Parse(text string) (Job, error) {
	var j Job
	p := &parser{text: text}
	if strings.ContainsAny(text, "\r\n") {
		return j, p.wrong("a job is one line")
	}
	for _, part := range []func(*parser) error{j.requests, j.condition, j.clauses} {
		if err := part(p); err != nil {
			return Job{}, err
		}
	}
	return j, nil
}

func (j *Job) requests(p *parser) (err error) {
	if j.First, err = p.pattern(arrow, "the request that begins a job"); err != nil {
		return err
	}
	j.Poll, err = p.pattern(until, "the request that asks for a job")
	return err
}

func (j *Job) condition(p *parser) (err error) {
	j.Until, err = p.condition()
	return err
}

// clauses reads what may follow, in any order.
func (j *Job) clauses(p *parser) error {
	for p.skip(); p.left() != ""; p.skip() {
		var err error
		switch {
		case !j.Judged && p.word(failing):
			j.Judged = true
			err = j.failing(p)
		case !j.Placed && p.word(idWord):
			j.Placed = true
			err = j.id(p)
		default:
			err = p.wrong("expected the end, or one of each: failing (failed, error), id $.data.id or id header Location")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (j *Job) failing(p *parser) (err error) {
	if p.skip(); strings.HasPrefix(p.left(), "(") {
		j.Failing = Condition{Subject: j.Until.Subject, Is: In}
		if j.Failing.Values, err = p.valuesOf(j.Failing.Subject, p.values); err == nil && len(j.Failing.Values) == 0 {
			j.Failing = Condition{}
		}
		return err
	}
	if !strings.HasPrefix(p.left(), "$") && !p.status() {
		return p.wrong("expected what fails, such as (failed, error), $.error exists or status in (4xx, 5xx); () is nothing")
	}
	j.Failing, err = p.condition()
	return err
}

// id takes where the id is.
func (j *Job) id(p *parser) (err error) {
	if p.skip(); p.word(header) {
		j.IDHeader, err = p.header()
		return err
	}
	if !strings.HasPrefix(p.left(), "$") {
		return p.wrong("expected a path into the answer's JSON, such as $.data.id, or a header, such as header Location")
	}
	j.ID, err = p.path()
	return err
}
