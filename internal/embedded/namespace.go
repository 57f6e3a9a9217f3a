//go:build !noembed

package embedded

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	namespacepb "go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/server/common/config"
	persistence "go.temporal.io/server/common/persistence/sql/sqlplugin/sqlite"
	"go.temporal.io/server/schema/sqlite"
	"google.golang.org/protobuf/types/known/durationpb"
)

// searchAttributes are what operators may filter cases by. They are never
// encrypted, so none of them may hold personal data.
func searchAttributes() map[string]enumspb.IndexedValueType {
	return map[string]enumspb.IndexedValueType{
		"CaseKind":   enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		"CaseStatus": enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		"Agency":     enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		"Article":    enumspb.INDEXED_VALUE_TYPE_KEYWORD,
		"DueAt":      enumspb.INDEXED_VALUE_TYPE_DATETIME,
	}
}

// ensureNamespace writes the namespace before the server starts, so that the
// first worker finds it. It leaves one that exists as it is.
func ensureNamespace(cfg *config.Config, options Options) error {
	namespace, err := sqlite.NewNamespaceConfig(cell, options.Namespace, false, searchAttributes())
	if err != nil {
		return fmt.Errorf("describe namespace %s: %w", options.Namespace, err)
	}
	namespace.Detail.Config.Retention = durationpb.New(options.Retention) // it comes with a day
	if err := sqlite.CreateNamespaces(cfg.Persistence.DataStores[persistence.PluginName].SQL, namespace); err != nil {
		return fmt.Errorf("create namespace %s: %w", options.Namespace, err)
	}
	return nil
}

// ensureRetention makes an existing namespace keep histories as long as we say now.
func ensureRetention(ctx context.Context, c client.Client, options Options) error {
	service := c.WorkflowService()
	found, err := service.DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: options.Namespace})
	if err != nil {
		return fmt.Errorf("describe namespace %s: %w", options.Namespace, err)
	}
	if found.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration() == options.Retention {
		return nil
	}
	_, err = service.UpdateNamespace(ctx, &workflowservice.UpdateNamespaceRequest{
		Namespace: options.Namespace,
		Config: &namespacepb.NamespaceConfig{
			WorkflowExecutionRetentionTtl: durationpb.New(options.Retention),
		},
	})
	if err != nil {
		return fmt.Errorf("set retention of namespace %s: %w", options.Namespace, err)
	}
	return nil
}

// ensureSearchAttributes adds what a file of an older build lacks and waits
// until the server uses it: a start that names an unknown attribute is refused.
func ensureSearchAttributes(ctx context.Context, c client.Client, namespace string) error {
	missing, err := missingSearchAttributes(ctx, c, namespace)
	if err != nil || len(missing) == 0 {
		return err
	}
	_, err = c.OperatorService().AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: namespace, SearchAttributes: missing,
	})
	if err != nil {
		return fmt.Errorf("add search attributes to %s: %w", namespace, err)
	}
	return awaitSearchAttributes(ctx, c, missing)
}

// awaitSearchAttributes asks with a query, because the list of attributes is
// ahead of what starts and queries are checked against.
func awaitSearchAttributes(ctx context.Context, c client.Client, added map[string]enumspb.IndexedValueType) error {
	conditions := make([]string, 0, len(added))
	for name := range added {
		conditions = append(conditions, name+" IS NULL")
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		_, err := c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{
			Query: strings.Join(conditions, " AND "),
		})
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for search attributes: %w", errors.Join(ctx.Err(), err))
		case <-tick.C:
		}
	}
}

func missingSearchAttributes(
	ctx context.Context, c client.Client, namespace string,
) (map[string]enumspb.IndexedValueType, error) {
	known, err := c.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{
		Namespace: namespace,
	})
	if err != nil {
		return nil, fmt.Errorf("list search attributes of %s: %w", namespace, err)
	}
	missing := searchAttributes()
	for name := range known.GetCustomAttributes() {
		delete(missing, name)
	}
	return missing, nil
}
