package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Database makes an empty database on the server and gives its URL.
func (s *Server) Database(ctx context.Context, name string) (url string, err error) {
	db, err := pgx.Connect(ctx, s.URL)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close(ctx)) }()
	if _, err := db.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()); err != nil {
		return "", err
	}
	return fmt.Sprintf("postgres://jpmall@127.0.0.1:%d/%s?sslmode=disable", s.port, name), nil
}
