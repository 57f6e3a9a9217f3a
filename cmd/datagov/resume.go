package main

import (
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"

	"datagov/activities"
	"datagov/internal/config"
	"datagov/worker"
)

type resumeCommand struct{}

// Run starts every open case and grant that the engine has lost again from its
// rows, and says how many. Without an engine of its own it uses the built-in
// one, which must not be running. A worker carries them on as soon as there is one.
func (resumeCommand) Run(p *process, c config.Config) (err error) {
	record, err := openMigrated(p.ctx, c)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	return withEngine(p, c, func(engine client.Client) error {
		resumed, err := worker.Resume(p.ctx, engine, &activities.Casework{Store: record, Now: time.Now})
		if resumed.Total() == 0 && err == nil {
			fmt.Fprintln(p.out, "流程引擎没有遗失在办事项和授权，无需恢复")
			return nil
		}
		p.tellResumed(resumed)
		return err
	})
}

// tellResumed says what was brought back, by kind.
func (p *process) tellResumed(r worker.Resumed) {
	fmt.Fprintf(p.out, "已从业务库恢复：在办共享申请 %d 件，授权 %d 项\n", r.ShareRequests, r.Grants)
	if r.Failed > 0 {
		fmt.Fprintf(p.out, "未能恢复 %d 件，原因见日志；重新启动或者运行 datagov resume 再试\n", r.Failed)
	}
}
