package locust

// update changes a user class, as POST /user of the master's web API asks (Environment.update_user_class). Users that run
// already stay as they are.
func (s *Session) update(m received) error {
	var u Update
	if err := unmarshal(m.Data, &u); err != nil {
		return err
	}
	s.users.Update(u)
	return nil
}

// An Update is the data of update_user_class. What it leaves out is nil. Weights and counts, which it may hold too, are
// the master's own business.
type Update struct {
	Class string `codec:"user_class_name"`
	// Host is the class's base URL, for when the master names none for all.
	Host *string `codec:"host"`
	// Tasks are the names of the tasks that users of the class may do from now on.
	Tasks []string `codec:"tasks"`
}
