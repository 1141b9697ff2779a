package locust

import "maps"

// update changes a user class, as POST /user of the master's web API asks (Environment.update_user_class). Users that run
// already stay as they are.
func (s *Session) update(m received) error {
	var u Update
	if err := unmarshal(m.Data, &u); err != nil {
		return err
	}
	var all map[string]any
	if err := unmarshal(m.Data, &all); err != nil {
		return err
	}
	maps.DeleteFunc(all, func(key string, _ any) bool { return key == "user_class_name" || key == "host" || key == "tasks" })
	for key, v := range all {
		all[key] = plain(v)
	}
	u.Rest = all
	s.users.Update(u)
	return nil
}

// An Update is the data of update_user_class. What it leaves out is nil.
type Update struct {
	Class string `codec:"user_class_name"`
	// Host is the class's base URL, for when the master names none for all.
	Host *string `codec:"host"`
	// Tasks are the names of the tasks that users of the class may do from now on.
	Tasks []string `codec:"tasks"`
	// Rest are other attributes of the class, and their values. Weights and counts among them are the master's own business.
	Rest map[string]any `codec:"-"`
}
