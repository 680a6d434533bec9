package amazon_test

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
)

// modelsVariable names the folder with Amazon's official model files. Without it the tests work on
// what testdata holds of them.
const modelsVariable = "JPMALL_AMAZON_MODELS"

// apis are the model files with the answers and requests of our operations, by their names in the
// model.
var apis = map[string]map[string]any{
	"orders_2026-01-01.json": {
		"SearchOrdersResponse": amazon.SearchOrdersResponse{}, "GetOrderResponse": amazon.GetOrderResponse{}, "Error": amazon.ErrorDetail{},
	},
	"ordersV0.json": {
		"GetOrdersResponse":               amazon.V0Response[amazon.V0OrdersList]{},
		"GetOrderResponse":                amazon.V0Response[amazon.V0Order]{},
		"GetOrderBuyerInfoResponse":       amazon.V0Response[amazon.V0OrderBuyerInfo]{},
		"GetOrderAddressResponse":         amazon.V0Response[amazon.V0OrderAddress]{},
		"GetOrderItemsResponse":           amazon.V0Response[amazon.V0OrderItemsList]{},
		"GetOrderItemsBuyerInfoResponse":  amazon.V0Response[amazon.V0OrderItemsBuyerInfoList]{},
		"GetOrderRegulatedInfoResponse":   amazon.GetOrderRegulatedInfoResponse{},
		"ConfirmShipmentRequest":          amazon.ConfirmShipmentRequest{},
		"UpdateShipmentStatusRequest":     amazon.UpdateShipmentStatusRequest{},
		"UpdateVerificationStatusRequest": amazon.UpdateVerificationStatusRequest{},
		"ConfirmShipmentOrderItem":        amazon.ConfirmShipmentOrderItem{},
	},
	"sellers_v1.json": {
		"GetMarketplaceParticipationsResponse": amazon.GetMarketplaceParticipationsResponse{},
		"GetAccountResponse":                   amazon.GetAccountResponse{},
	},
	"tokens_2021-03-01.json": {
		"CreateRestrictedDataTokenRequest":  amazon.CreateRestrictedDataTokenRequest{},
		"CreateRestrictedDataTokenResponse": amazon.CreateRestrictedDataTokenResponse{},
	},
	"notifications_v1.json": {
		"CreateDestinationRequest":    amazon.CreateDestinationRequest{},
		"CreateDestinationResponse":   amazon.DestinationResponse{},
		"GetDestinationResponse":      amazon.DestinationResponse{},
		"GetDestinationsResponse":     amazon.GetDestinationsResponse{},
		"CreateSubscriptionRequest":   amazon.CreateSubscriptionRequest{},
		"CreateSubscriptionResponse":  amazon.SubscriptionResponse{},
		"GetSubscriptionResponse":     amazon.SubscriptionResponse{},
		"GetSubscriptionByIdResponse": amazon.SubscriptionResponse{},
		"GetSubscriptionsResponse":    amazon.GetSubscriptionsResponse{},
		"SendTestNotificationRequest": amazon.SendTestNotificationRequest{},
	},
	"reports_2021-06-30.json": {
		"CreateReportSpecification": amazon.CreateReportRequest{},
		"CreateReportResponse":      amazon.CreateReportResponse{},
		"Report":                    amazon.Report{},
		"GetReportsResponse":        amazon.GetReportsResponse{},
		"ReportDocument":            amazon.ReportDocument{},
	},
}

// TestEveryPropertyHasAField looks at every property that the models reach from the types above,
// and lists those that our structs lack. testdata/model.txt holds the same list, so that the test
// works without the models; with them it proves the list too.
func TestEveryPropertyHasAField(t *testing.T) {
	listed := readModelList(t)
	folder := os.Getenv(modelsVariable)
	for file, roots := range apis {
		var properties map[string][]string
		if folder == "" {
			properties = listed[file]
		} else {
			properties = reachable(t, filepath.Join(folder, file), roots)
			require.Equal(t, properties, listed[file], "testdata/model.txt, %s", file)
		}
		for root, value := range roots {
			require.NotEmpty(t, properties[root+"/"], "%s: %s", file, root)
			missing := absent(reflect.TypeOf(value), root+"/", properties)
			require.Empty(t, missing, "%s: properties without a field", file)
		}
	}
}

// readModelList reads lines of the form "file path: property property …".
func readModelList(t *testing.T) map[string]map[string][]string {
	t.Helper()
	f, err := os.Open("testdata/model.txt")
	require.NoError(t, err)
	defer f.Close()
	all := make(map[string]map[string][]string)
	for scan := bufio.NewScanner(f); scan.Scan(); {
		where, properties, ok := strings.Cut(scan.Text(), ": ")
		if !ok {
			continue
		}
		file, path, _ := strings.Cut(where, " ")
		if all[file] == nil {
			all[file] = make(map[string][]string)
		}
		all[file][path] = strings.Fields(properties)
	}
	return all
}

// The summary of ORDER_CHANGE has a JSON schema of its own.
func TestOrderChangeHasAFieldForEveryProperty(t *testing.T) {
	const file, root = "OrderChangeNotification.schema.json", "OrderChangeNotification"
	properties := readModelList(t)[file]
	if folder := os.Getenv(modelsVariable); folder != "" {
		data, err := os.ReadFile(filepath.Join(folder, file))
		require.NoError(t, err)
		var message schema
		require.NoError(t, json.Unmarshal(data, &message))
		found := walkSchema(nil, root+"/", message.Properties["Payload"].Properties[root])
		require.Equal(t, found, properties, "testdata/model.txt, %s", file)
	}
	require.NotEmpty(t, properties)
	require.Empty(t, absent(reflect.TypeFor[amazon.OrderChangeNotification](), root+"/", properties))
}

type schema struct {
	Ref        string            `json:"$ref"`
	Properties map[string]schema `json:"properties"`
	Items      *schema           `json:"items"`
	AllOf      []schema          `json:"allOf"`
}

// reachable lists the properties of every object below the roots, by path.
func reachable(t *testing.T, file string, roots map[string]any) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	var model struct {
		Definitions map[string]schema `json:"definitions"`
	}
	require.NoError(t, json.Unmarshal(data, &model))
	out := make(map[string][]string)
	for root := range roots {
		require.Contains(t, model.Definitions, root)
		maps.Copy(out, walkSchema(model.Definitions, root+"/", model.Definitions[root]))
	}
	return out
}

// walkSchema lists the properties of every object of a schema, by path.
func walkSchema(definitions map[string]schema, root string, s schema) map[string][]string {
	out := make(map[string][]string)
	var walk func(path string, s schema)
	walk = func(path string, s schema) {
		for s.Ref != "" {
			s = definitions[s.Ref[strings.LastIndex(s.Ref, "/")+1:]]
		}
		for _, part := range s.AllOf {
			walk(path, part)
		}
		if s.Items != nil {
			walk(path, *s.Items)
		}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			if !slices.Contains(out[path], name) {
				out[path] = append(out[path], name)
			}
			walk(path+name+"/", s.Properties[name])
		}
	}
	walk(root, s)
	return out
}

// absent lists the properties that a type has no field for.
func absent(typ reflect.Type, path string, properties map[string][]string) []string {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		if len(properties[path]) > 0 {
			return []string{path + " is an object in the model"}
		}
		return nil
	}
	fields := make(map[string]reflect.Type)
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		fields[name] = typ.Field(i).Type
	}
	var missing []string
	for _, name := range properties[path] {
		if fields[name] == nil {
			missing = append(missing, path+name)
			continue
		}
		missing = append(missing, absent(fields[name], path+name+"/", properties)...)
	}
	return missing
}
