package config_test

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"

	"datagov/internal/config"
)

var update = flag.Bool("update", false, "write docs/configuration.md")

// parse fills a Config as the command line does; kong calls Validate by itself.
func parse(t *testing.T, args ...string) config.Config {
	t.Helper()
	var c config.Config
	parser, err := kong.New(&c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheDefaultsAreValid(t *testing.T) {
	t.Parallel()
	c := parse(t)
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	want := config.Config{
		Data: "./data", Listen: "127.0.0.1:8080", TemporalNamespace: "datagov", SMTPSecurity: "starttls", LogLevel: "info",
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	if c.Database() != "data/datagov.db" || c.EngineFile() != "data/temporal.db" {
		t.Errorf("files are %s and %s", c.Database(), c.EngineFile())
	}
}

func TestTheEnvironmentFillsWhatNoFlagSets(t *testing.T) {
	t.Setenv("DATAGOV_DATABASE_URL", "postgres://record@db/datagov")
	t.Setenv("DATAGOV_LISTEN", "10.0.0.1:80")
	c := parse(t, "--listen", "127.0.0.1:0")
	if c.Database() != "postgres://record@db/datagov" || c.Listen != "127.0.0.1:0" {
		t.Errorf("config = %+v", c)
	}
}

func TestDemoStaysOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		listen string
		public bool
		wrong  bool
	}{
		{"127.0.0.1:8080", false, false},
		{"[::1]:8080", false, false},
		{"localhost:8080", false, false},
		{":8080", false, true},
		{"0.0.0.0:8080", false, true},
		{"[::]:8080", false, true},
		{"10.1.2.3:8080", false, true},
		{"localhost.example:8080", false, true},
		{"0.0.0.0:8080", true, false},
	} {
		c := parse(t)
		c.Demo, c.Listen, c.DemoPublic = true, tt.listen, tt.public
		if err := c.Validate(); (err != nil) != tt.wrong {
			t.Errorf("demo on %s, public %v: %v", tt.listen, tt.public, err)
		}
	}
}

func TestEveryFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	err := config.Config{
		Listen: "8080", DatabaseURL: "mysql://root:secret@db/x", TemporalAddress: "temporal", LogLevel: "loud",
		PublicURL: "data.example", SMTPAddress: "mail", SMTPPassword: "secret", SMTPSecurity: "some", WebhookNetworks: "10.0.0.1",
	}.Validate()
	if err == nil {
		t.Fatal("no fault found")
	}
	for _, flag := range []string{
		"--data", "--listen", "--database-url", "--temporal-address", "--temporal-namespace", "--log-level",
		"--public-url", "--smtp-address", "--smtp-from", "--smtp-username", "--smtp-security", "--webhook-networks",
	} {
		if !strings.Contains(err.Error(), flag) {
			t.Errorf("nothing said about %s:\n%v", flag, err)
		}
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the password is shown:\n%v", err)
	}
}

func TestTheLevelIsUnderstood(t *testing.T) {
	t.Parallel()
	if got := parse(t, "--log-level", "warn").Level(); got != slog.LevelWarn {
		t.Errorf("level = %v", got)
	}
}

func TestTheDocumentListsEverySetting(t *testing.T) {
	t.Parallel()
	const file = "../../docs/configuration.md"
	want := document()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is out of date; run go test ./internal/config -update\n%s", file, diff)
	}
}

// document is the page about the settings, written from the fields.
func document() string {
	var b strings.Builder
	b.WriteString("# 配置\n\n命令行参数优先，其次是环境变量，最后是默认值。本页由 `internal/config` 的测试生成（`go test ./internal/config -update`）。\n\n")
	b.WriteString("| 参数 | 环境变量 | 默认值 | 说明 |\n|---|---|---|---|\n")
	for f := range reflect.TypeFor[config.Config]().Fields() {
		def := f.Tag.Get("default")
		if def == "" {
			def = "（无）"
		}
		if f.Type.Kind() == reflect.Bool {
			def = "否"
		}
		fmt.Fprintf(&b, "| `--%s` | `%s` | %s | %s |\n", f.Tag.Get("name"), f.Tag.Get("env"), def, f.Tag.Get("help"))
	}
	return b.String()
}
