package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"
)

func (s *store) addAction(ctx context.Context, a action) (int64, error) {
	tasks, results, err := a.encode()
	rows, err2 := json.Marshal(a.Rows)
	if err = errors.Join(err, err2); err != nil {
		return 0, err
	}
	added, err := s.db.ExecContext(ctx,
		`INSERT INTO actions (what, step, made, tasks, results, rows) VALUES (?, ?, ?, ?, ?, ?)`,
		a.What, a.Step, a.Made.Unix(), tasks, results, string(rows))
	if err != nil {
		return 0, err
	}
	return added.LastInsertId()
}

func (s *store) saveAction(ctx context.Context, a action) error {
	tasks, results, err := a.encode()
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx,
		`UPDATE actions SET step = ?, tasks = ?, results = ? WHERE id = ?`, a.Step, tasks, results,
		a.ID)
	return err
}

func (a action) encode() (tasks, results string, err error) {
	t, err1 := json.Marshal(a.Tasks)
	r, err2 := json.Marshal(a.Results)
	return string(t), string(r), errors.Join(err1, err2)
}

// claim moves an action from dry to sending; mine is true for the one who did.
func (s *store) claim(ctx context.Context, id int64) (mine bool, err error) {
	moved, err := s.db.ExecContext(ctx,
		`UPDATE actions SET step = 'sending' WHERE id = ? AND step = 'dry'`, id)
	if err != nil {
		return false, err
	}
	n, err := moved.RowsAffected()
	return n == 1, err
}

func (s *store) actions(ctx context.Context, which string, args ...any) (all []action, err error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT id, what, step, made, tasks, results, rows FROM actions `+which, args...)
	if err != nil {
		return nil, err
	}
	defer func(rows *sql.Rows) { _ = rows.Close() }(rows)
	for rows.Next() {
		var a action
		var made int64
		var tasks, results, unused []byte
		if err := rows.Scan(&a.ID, &a.What, &a.Step, &made, &tasks, &results, &unused); err != nil {
			return nil, err
		}
		a.Made = time.Unix(made, 0)
		if err := errors.Join(json.Unmarshal(tasks, &a.Tasks), json.Unmarshal(results, &a.Results),
			json.Unmarshal(unused, &a.Rows)); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, rows.Err()
}
