package rakuten

type GetOrderResponse struct {
	Version int64 `json:"version"`
	MessageModelList []MessageModel `json:"MessageModelList"`
	OrderModelList []OrderModel `json:"OrderModelList"`
}
