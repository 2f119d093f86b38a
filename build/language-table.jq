# Writes the table of docs/language-systems.md from a run's report:
#   jq -r -f build/language-table.jq runs/<run>/report.json
def shown: if . == null then "–" elif (. | fabs) >= 1000 then (. | round | tostring) else ((. * 1000 | round) / 1000 | tostring) end;
["pass_1", "pass_8", "pass_64", "distinct_solutions", "pass_1_area", "entropy", "kl_warm_start", "ratio_variance", "clip_fraction", "decoded_tokens"] as $columns
| . as $report
| ([["method", "pass@1", "95 %", "pass@8", "pass@64", "distinct solutions", "pass@1 over training", "entropy, nats", "KL to warm start", "ratio variance", "clipped", "tokens decoded"]]
  + [["---"] + [range(11) | "---:"]]
  + [$report.arms[] | select(.metrics.pass_1 != null) | . as $arm
      | [$arm.name, ($arm.metrics.pass_1.mean | shown), ($arm.metrics.pass_1 | if .low == null then "" else "\(.low | shown) – \(.high | shown)" end)]
        + [$columns[1:][] as $column | $arm.metrics[$column].mean | shown]])
| .[] | "| " + join(" | ") + " |"
