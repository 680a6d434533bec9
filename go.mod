module github.com/jpmall/jpmall

go 1.26.0

require golang.org/x/oauth2 v0.37.0

require golang.org/x/text v0.43.0

require (
	github.com/stretchr/testify v1.12.1
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
