using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Writes what a user takes home: the policy, its timeline on the test days, the cost-violation table.</summary>
internal sealed class ApplyFiles(string folder, UserHistory history)
{
    /// <summary>The recommended policy as JSON, with whatever files it needs.</summary>
    /// <returns>The files' names.</returns>
    public IReadOnlyList<string> Policy(Candidate recommended)
    {
        const string Name = "recommended-policy.json";
        var others = recommended.Export?.Invoke(folder) ?? [];
        using (var stream = File.Create(Path.Combine(folder, Name)))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            var settings = history.Model.Settings;
            json.WriteStartObject();
            json.WriteString("policy", recommended.Name);
            json.WriteStartObject("parameters");
            foreach (var (name, value) in recommended.Parameters) json.WriteNumber(name, value);
            json.WriteEndObject();
            json.WriteStartObject("service");
            json.WriteNumber("vmRequestsPerMinute", settings.VmRequestsPerMinute);
            json.WriteNumber("bootSteps", history.Model.BootSteps);
            json.WriteNumber("stepSeconds", history.Model.StepSeconds);
            json.WriteNumber("minimumVms", settings.MinimumVms);
            json.WriteNumber("maximumVms", settings.MaximumVms);
            json.WriteNumber("largestChange", ServiceModel.LargestChange);
            json.WriteEndObject();
            json.WriteStartArray("files");
            foreach (var other in others) json.WriteStringValue(other);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return [Name, .. others];
    }

    /// <summary>Each step of the test days under the recommended policy.</summary>
    /// <returns>The file's name.</returns>
    public string Timeline(ServiceStep[][] days)
    {
        const string Name = "timeline.csv";
        var text = new StringBuilder("day,step,load,serving,booting,change,utilisation,response_seconds,violation,cost\n");
        for (var day = 0; day < days.Length; day++)
            for (var t = 0; t < days[day].Length; t++)
            {
                var step = days[day][t];
                text.Append(CultureInfo.InvariantCulture, $"{history.Trace.Days.Test[day].Number},{t},{step.Load:0.###},{step.Serving},{step.Booting},{step.Change},{step.Utilisation:0.####},{step.Response:0.####},{(step.IsViolation ? 1 : 0)},{step.Cost:0.######}\n");
            }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>Every policy with its parameters and all its figures, means over the test days.</summary>
    /// <returns>The file's name.</returns>
    public string Policies(IReadOnlyList<(Candidate Candidate, DayFigures[] Days)> policies)
    {
        const string Name = "policies.csv";
        var text = new StringBuilder("policy,reward,cost_per_day,violation_share,request_violation_share,mean_response_seconds,p95_response_seconds,over_provisioning,under_provisioning,scaling_actions,dropped_share,parameters\n");
        foreach (var (candidate, days) in policies)
        {
            double Mean(Func<DayFigures, double> figure) => days.Average(figure);
            var parameters = string.Join("; ", candidate.Parameters.Select(p => FormattableString.Invariant($"{p.Key} {p.Value}")));
            text.Append(CultureInfo.InvariantCulture, $"\"{candidate.Name}\",{Mean(d => d.Return):0.#####},{Mean(d => d.Cost):0.####},{Mean(d => d.ViolationShare):0.#####},{Mean(d => d.RequestViolationShare):0.#####},{Mean(d => d.MeanResponse):0.###},")
                .Append(CultureInfo.InvariantCulture, $"{Mean(d => d.Response95):0.###},{Mean(d => d.OverProvisioning):0.###},{Mean(d => d.UnderProvisioning):0.###},{Mean(d => d.ScalingActions):0.#},{Mean(d => d.DroppedShare):0.#####},\"{parameters}\"\n");
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>Cost against violations, with the policies that no other beats in both.</summary>
    /// <param name="points">Name, cost a day, share of violating steps; on test days.</param>
    /// <returns>The file's name.</returns>
    public string Tradeoff(IReadOnlyList<(string Name, double Cost, double Violations)> points)
    {
        const string Name = "cost-violations.csv";
        var text = new StringBuilder("policy,cost_per_day,violation_share,on_the_frontier\n");
        var front = Frontier.Of(points.Select(point => (point.Cost, point.Violations))).ToHashSet();
        foreach (var point in points.OrderBy(point => point.Cost))
            text.Append(CultureInfo.InvariantCulture, $"\"{point.Name}\",{point.Cost:0.####},{point.Violations:0.#####},{(front.Contains((point.Cost, point.Violations)) ? "yes" : "no")}\n");
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }
}
