//go:build !noembed

package embedded

import (
	"fmt"
	"net"
	"net/url"
	"strconv"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/common/primitives"
)

const (
	loopback = "127.0.0.1"
	cell     = "active" // the name of the one cluster there is
)

// services lists the parts of the server; the frontend, which clients dial, is first.
var services = []primitives.ServiceName{
	primitives.FrontendService,
	primitives.HistoryService,
	primitives.MatchingService,
	primitives.WorkerService,
}

func address(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }

// freePorts asks the system for ports nobody listens on. All are held until the
// last is known, so that no port is given twice.
func freePorts(n int) ([]int, error) {
	ports := make([]int, 0, n)
	for range n {
		l, err := net.Listen("tcp", address(0))
		if err != nil {
			return nil, fmt.Errorf("find a free port: %w", err)
		}
		defer l.Close() //nolint:errcheck // held only so that the next port differs
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// hosts names every part's only host, which spares the gossip of a cluster.
func hosts(ports []int) map[primitives.ServiceName]static.Hosts {
	all := make(map[primitives.ServiceName]static.Hosts, len(services))
	for i, name := range services {
		all[name] = static.Hosts{All: []string{address(ports[i])}, Self: address(ports[i])}
	}
	return all
}

// serverConfig is the whole configuration of a server that is alone: one shard,
// one file, nothing archived, no metrics port of its own.
func serverConfig(file string, ports []int) *config.Config {
	cfg := &config.Config{
		Persistence: config.Persistence{
			DefaultStore:     sqlite.PluginName,
			VisibilityStore:  sqlite.PluginName,
			NumHistoryShards: 1,
			DataStores: map[string]config.DataStore{
				sqlite.PluginName: {SQL: sqlConfig(file)},
			},
		},
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        cell,
			CurrentClusterName:       cell,
			ClusterInformation: map[string]cluster.ClusterInformation{
				cell: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: address(ports[0])},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		PublicClient:        config.PublicClient{HostPort: address(ports[0])},
		Services:            make(map[string]config.Service, len(services)),
	}
	for i, name := range services {
		cfg.Services[string(name)] = config.Service{
			RPC: config.RPC{GRPCPort: ports[i], BindOnIP: loopback},
		}
	}
	cfg.Archival.History.State, cfg.Archival.Visibility.State = "disabled", "disabled"
	cfg.NamespaceDefaults.Archival.History.State = "disabled"
	cfg.NamespaceDefaults.Archival.Visibility.State = "disabled"
	return cfg
}

// sqlConfig opens the file with a write-ahead log. FULL, because an update that
// the engine accepted must survive a power cut like the row it belongs to.
func sqlConfig(file string) *config.SQL {
	return &config.SQL{
		PluginName:   sqlite.PluginName,
		DatabaseName: (&url.URL{Path: file}).EscapedPath(), // the plug-in writes it into a URI as it is
		ConnectAttributes: map[string]string{
			"mode":         "rwc",
			"busy_timeout": "10000",
			"journal_mode": "wal",
			"synchronous":  "full",
		},
	}
}
