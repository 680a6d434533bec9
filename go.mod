module github.com/jpmall/jpmall

go 1.26.0

require golang.org/x/oauth2 v0.37.0

require (
	github.com/hashicorp/go-retryablehttp v0.7.8
	golang.org/x/text v0.43.0
)

require github.com/hashicorp/go-cleanhttp v0.5.2 // indirect

require (
	github.com/stretchr/testify v1.12.1
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
