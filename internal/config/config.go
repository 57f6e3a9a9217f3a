// Package config holds what an operator may set, in one struct: the command
// line fills it from flags, then from the environment, then from the defaults
// written on the fields, and calls [Config.Validate], which says everything that
// is wrong at once, in sentences an operator can act on.
//
// docs/configuration.md is written from the same fields; run the tests of this
// package with -update after changing one.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Config is every setting of the server.
type Config struct {
	Data              string `name:"data" default:"./data" env:"DATAGOV_DATA" help:"数据目录：业务数据库和流程引擎文件都在其中。"`
	Listen            string `name:"listen" default:"127.0.0.1:8080" env:"DATAGOV_LISTEN" help:"网页和接口的监听地址（主机:端口）。"`
	Demo              bool   `name:"demo" env:"DATAGOV_DEMO" help:"装入演示数据和演示账号；仅供试用。"`
	DemoPublic        bool   `name:"demo-public" env:"DATAGOV_DEMO_PUBLIC" help:"允许演示模式监听非本机地址；演示账号的口令是公开的。"`
	BehindProxy       bool   `name:"behind-proxy" env:"DATAGOV_BEHIND_PROXY" help:"本机前面有 HTTPS 反向代理：会话 Cookie 只走 HTTPS，客户端地址取自代理。"`
	DatabaseURL       string `name:"database-url" env:"DATAGOV_DATABASE_URL" help:"PostgreSQL 连接地址（postgres://…）；不填则使用数据目录中的 SQLite 文件。"`
	TemporalAddress   string `name:"temporal-address" env:"DATAGOV_TEMPORAL_ADDRESS" help:"外部 Temporal 服务地址（主机:端口）；不填则使用内置流程引擎。"`
	TemporalNamespace string `name:"temporal-namespace" default:"datagov" env:"DATAGOV_TEMPORAL_NAMESPACE" help:"Temporal 命名空间。"`
	PublicURL         string `name:"public-url" env:"DATAGOV_PUBLIC_URL" help:"工作人员打开本系统的网址（https://…），写进邮件和推送的链接；不填则用监听地址。"`
	SMTPAddress       string `name:"smtp-address" env:"DATAGOV_SMTP_ADDRESS" help:"发送通知的邮件服务器（主机:端口）；不填则邮件只作记录，不发出。"`
	SMTPFrom          string `name:"smtp-from" env:"DATAGOV_SMTP_FROM" help:"通知邮件的发件人地址。"`
	SMTPUsername      string `name:"smtp-username" env:"DATAGOV_SMTP_USERNAME" help:"邮件服务器的账号；不填则不登录。"`
	SMTPPassword      string `name:"smtp-password" env:"DATAGOV_SMTP_PASSWORD" help:"邮件服务器的口令；请用环境变量，不要写在命令行里。"`
	SMTPSecurity      string `name:"smtp-security" default:"starttls" env:"DATAGOV_SMTP_SECURITY" help:"邮件服务器的连接方式：starttls、tls，或者 none（仅限本机转发）。"`
	WebhookNetworks   string `name:"webhook-networks" env:"DATAGOV_WEBHOOK_NETWORKS" help:"允许推送到的内网网段，以逗号分隔（如 10.20.0.0/16）；不填则只能推送到公网地址。"`
	LogLevel          string `name:"log-level" default:"info" env:"DATAGOV_LOG_LEVEL" help:"日志级别：debug、info、warn 或 error。"`
}

// Database is the address of the record: the PostgreSQL given, or the SQLite
// file in the data folder.
func (c Config) Database() string {
	if c.DatabaseURL != "" {
		return c.DatabaseURL
	}
	return filepath.Join(c.Data, "datagov.db")
}

// EngineFile is where the built-in engine keeps its state, apart from the record.
func (c Config) EngineFile() string { return filepath.Join(c.Data, "temporal.db") }

// Level is the log level; info for anything Validate would refuse.
func (c Config) Level() slog.Level {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return slog.LevelInfo
	}
	return level
}

// Validate reports everything that is wrong, each as a sentence of its own, or nil.
func (c Config) Validate() error {
	return errors.Join(c.checkData(), c.checkListen(), c.checkDatabase(), c.checkTemporal(), c.checkNotices(), c.checkLogLevel())
}

func (c Config) checkData() error {
	if strings.TrimSpace(c.Data) == "" {
		return errors.New("数据目录（--data）不能为空。")
	}
	return nil
}

func (c Config) checkListen() error {
	host, err := splitAddress(c.Listen)
	if err != nil {
		return fmt.Errorf("监听地址（--listen）%q 有误：须写作“主机:端口”，端口为 0 至 65535。", c.Listen)
	}
	if c.Demo && !c.DemoPublic && !isLoopback(host) {
		return fmt.Errorf("演示模式（--demo）的账号口令是公开的，不能监听非本机地址 %q；确需如此，请加 --demo-public。", c.Listen)
	}
	return nil
}

// checkDatabase never repeats the address, which may hold a password.
func (c Config) checkDatabase() error {
	if c.DatabaseURL == "" {
		return nil
	}
	u, err := url.Parse(c.DatabaseURL)
	if err != nil || !slices.Contains([]string{"postgres", "postgresql"}, u.Scheme) || strings.Trim(u.Path, "/") == "" {
		return errors.New("数据库连接地址（--database-url）有误：须写作 postgres://用户@主机:端口/数据库名。")
	}
	return nil
}

func (c Config) checkTemporal() error {
	var faults []error
	if strings.TrimSpace(c.TemporalNamespace) == "" {
		faults = append(faults, errors.New("Temporal 命名空间（--temporal-namespace）不能为空。"))
	}
	if c.TemporalAddress != "" {
		if host, err := splitAddress(c.TemporalAddress); err != nil || host == "" {
			faults = append(faults, fmt.Errorf("Temporal 服务地址（--temporal-address）%q 有误：须写作“主机:端口”。", c.TemporalAddress))
		}
	}
	return errors.Join(faults...)
}

func (c Config) checkLogLevel() error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.LogLevel) {
		return fmt.Errorf("日志级别（--log-level）%q 有误：只能是 debug、info、warn 或 error。", c.LogLevel)
	}
	return nil
}

// splitAddress gives the host of host:port and checks the port.
func splitAddress(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", err
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return host, err
}

// isLoopback holds only for what certainly never leaves the machine: an empty
// host means every address, and a name may mean any.
func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
