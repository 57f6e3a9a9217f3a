package main

import (
	"log/slog"
	"time"

	"datagov/domain/notice"
	"datagov/internal/config"
	"datagov/internal/delivery"
	"datagov/store"
)

// reach is where webhooks may point: a demo may point at its own machine.
func reach(c config.Config) notice.Reach {
	return notice.Reach{Loopback: c.Demo, Networks: c.Networks()}
}

// newCourier puts the channels together. 政务微信 and SMS are ports that no
// provider is connected to yet, and so is mail without a server: they are logged.
func newCourier(c config.Config, record *store.Store, log *slog.Logger) *delivery.Courier {
	channels := map[notice.Channel]delivery.Channel{notice.Webhook: delivery.NewWebhook(reach(c), c.Site(), time.Now)}
	if c.SMTPAddress != "" {
		channels[notice.Email] = delivery.NewMail(delivery.Mailbox{
			Address: c.SMTPAddress, Username: c.SMTPUsername, Password: c.SMTPPassword, From: c.SMTPFrom,
			Security: delivery.Security(c.SMTPSecurity),
		}, c.Site())
	}
	return delivery.New(record, channels, time.Now, log)
}
