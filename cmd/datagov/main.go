// Command datagov is the one binary of the system: everything on one machine
// (serve), its parts apart (engine, api, worker, migrate), and the tools of an
// operator. It only puts the parts together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"datagov/internal/config"
)

// version is set by the linker.
var version = "dev"

// command is the command line.
type command struct {
	config.Config

	Serve   serveCommand   `cmd:"" help:"单机运行：业务库、流程引擎、接口和网页在一个进程里。"`
	Engine  engineCommand  `cmd:"" help:"只运行内置流程引擎。"`
	API     apiCommand     `cmd:"" name:"api" help:"只运行接口和网页；需要外部流程引擎。"`
	Worker  workerCommand  `cmd:"" help:"只运行办理进程；需要外部流程引擎。"`
	Migrate migrateCommand `cmd:"" help:"把业务库升级到当前版本。"`
	Resume  resumeCommand  `cmd:"" help:"把流程引擎遗失的在办事项和授权从业务库恢复。"`
	Setup   setupCommand   `cmd:"" help:"用一个 JSON 文件设置新的业务库：区名、机构和账号。"`
	Version versionCommand `cmd:"" help:"显示版本。"`

	clockCommands
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// process is what every command gets: where to write, how to log, when to end.
type process struct {
	ctx context.Context
	out io.Writer
	log *slog.Logger
}

func run(ctx context.Context, args []string, out, problems io.Writer) int {
	var c command
	parser, err := kong.New(&c, kong.Name("datagov"), kong.Description("《宝山区公共数据管理办法》业务系统"),
		kong.Writers(out, problems), kong.UsageOnError())
	if err != nil {
		fmt.Fprintln(problems, err)
		return 2
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(problems, err)
		return 2
	}
	log := slog.New(slog.NewTextHandler(problems, &slog.HandlerOptions{Level: c.Level()}))
	slog.SetDefault(log)
	if err := chosen.Run(&process{ctx, out, log}, c.Config); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(problems, "datagov:", err)
		return 1
	}
	return 0
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(p *process, _ config.Config) error {
	_, err := fmt.Fprintln(p.out, version)
	return err
}
