package jobs

import "strings"

// Example is a job as people write one.
const Example = "POST /api/v1/story -> GET /api/v1/story/[id] until $.status in (done, failed)"

// Parse reads a job:
//
//	job       = request "->" request "until" condition { "failing" failing | "id" path }
//	request   = type name                 a * in a name is any text; what stands in quotes is taken as it is
//	condition = path ( "in" values | "not in" values | "=" value | "!=" value | "exists" )
//	failing   = values | condition        values are those of the first condition's path
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
	if j.Until.Path, err = p.path(); err == nil {
		err = p.operation(&j.Until)
	}
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
			j.ID, err = p.path()
		default:
			err = p.wrong("expected the end, or one of each: failing (failed, error), id $.data.id")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (j *Job) failing(p *parser) (err error) {
	if p.skip(); strings.HasPrefix(p.left(), "(") {
		j.Failing = Condition{Path: j.Until.Path, Is: In}
		if j.Failing.Values, err = p.values(); err == nil && len(j.Failing.Values) == 0 {
			j.Failing = Condition{}
		}
		return err
	}
	if !strings.HasPrefix(p.left(), "$") {
		return p.wrong("expected what fails, such as (failed, error) or $.error exists; () is nothing")
	}
	if j.Failing.Path, err = p.path(); err != nil {
		return err
	}
	return p.operation(&j.Failing)
}
