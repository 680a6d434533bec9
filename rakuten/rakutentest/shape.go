package rakutentest

import (
	"net/http"

	"github.com/jpmall/jpmall/internal/fake"
)

// gateway is the body of failures that happen before the order API.
type gateway struct {
	Results struct {
		ErrorCode string `json:"errorCode"`
		Message   string `json:"message"`
	} `json:"Results"`
}

func gatewayBody(code, message string) gateway {
	var g gateway
	g.Results.ErrorCode, g.Results.Message = code, message
	return g
}

func shape() fake.Shape {
	return fake.Shape{
		RateLimited: func(*fake.Request, fake.Fault) fake.Reply {
			return fake.JSON(http.StatusTooManyRequests,
				gatewayBody("ES05-01", "Too Many Requests"))
		},
		ServerError: func(*fake.Request, fake.Fault) fake.Reply {
			return fake.JSON(http.StatusInternalServerError, map[string]any{
				"MessageModelList": []message{{MessageType: "ERROR",
					MessageCode: "ORDER_EXT_API_SYSTEM_ERROR_999",
					Message:     "システムエラーが発生しました。"}}})
		},
		ExpiredKey: func(*fake.Request, fake.Fault) fake.Reply { return unauthorized("ES01-01") },
	}
}

func unauthorized(code string) fake.Reply {
	// the body around it has not been published; the newer APIs of the gateway use this one
	if code == "GA0001" {
		return fake.JSON(http.StatusUnauthorized, map[string]any{"errors": []map[string]string{
			{"code": code, "message": "Un-Authorised"}}})
	}
	return fake.JSON(http.StatusUnauthorized, gatewayBody(code, "Un-Authorised"))
}
