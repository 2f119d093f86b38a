using System.CommandLine;
using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Cli.Printing;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Settings;
using Pilotage.Systems;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage show</c>: all about one system, environment or algorithm.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems)
    {
        var name = new Argument<string>("name") { HelpName = "name", Description = "A system, an environment or an algorithm that pilotage list shows." };
        var command = new Command("show", "Quick facts, claims and settings of a system, environment or algorithm.") { name };
        command.SetAction(parse =>
        {
            var given = parse.GetRequiredValue(name);
            if (systems.All.FirstOrDefault(system => Same(system.Description.Slug, given)) is { } found) Show(found, terminal);
            else if (InstalledEnvironments.All().FirstOrDefault(entry => Same(entry.Name, given)) is { } environment) Show(environment, terminal);
            else if (AlgorithmCatalog.All.FirstOrDefault(entry => Same(entry.Name, given)) is { } algorithm) Show(algorithm, terminal);
            else
            {
                var known = systems.All.Select(system => system.Description.Slug).Concat(InstalledEnvironments.All().Select(entry => entry.Name)).Concat(AlgorithmCatalog.All.Select(entry => entry.Name));
                throw UnknownName.Mistake("system, environment or algorithm", given, known, "pilotage list");
            }
            return ExitCode.Ok;
        });
        return command;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static void Show(ISystem system, Terminal terminal)
    {
        var (output, width, description) = (terminal.Output, terminal.Width, system.Description);
        output.Write(Paragraph($"{description.Slug}: {description.Title}", width));
        output.Write(Paragraph(description.Summary, width));
        output.Write("\nQuick facts\n" + PlainTable.Of(
            [["source", description.Source], ["family", description.Family], .. description.Facts.Select(fact => new[] { fact.Name, fact.Value }), ["you bring", description.Input]], width));
        output.Write("\nScales\n" + PlainTable.Of(
            [.. Enum.GetValues<Scale>().Where(description.Minutes.ContainsKey).Select(scale => new[] { Words.Of(scale), $"about {Duration.OfMinutes(description.Minutes[scale])} on two cores" })], width));
        var study = system.CreateStudy(new(system.Settings.Default, Scale.Laptop, SeedCount: null, DataFolder: null));
        output.Write("\nArms\n" + PlainTable.Of([.. study.Arms.Select(arm => new[] { arm.Name, Words.Of(arm.Kind) })], width));
        output.Write("\nClaims\n" + PlainTable.Of([.. study.Claims.Select(claim => new[] { claim.Id, $"{claim.Text} ({claim.Source})" })], width));
        WriteSettings(system.Settings, terminal);
        output.Write($"\npilotage run {description.Slug}\n");
    }

    private static void Show(EnvironmentEntry entry, Terminal terminal)
    {
        var (spec, invariant) = (entry.Spec, CultureInfo.InvariantCulture);
        terminal.Output.Write($"{entry.Name}: {entry.Summary}.\n" + PlainTable.Of(
        [
            ["observation", string.Create(invariant, $"{spec.ObservationSize} numbers{(spec.ObservationNames.Count > 0 ? $": {string.Join(", ", spec.ObservationNames)}" : "")}")],
            ["action", ActionSpaceText.Of(spec.Actions)],
            ["time limit", spec.TimeLimit is { } limit ? string.Create(invariant, $"{limit} steps, then truncated") : "none"],
            ["reward", spec.RewardUnit],
            ["solved at", spec.SolvedAt is { } solved ? $"mean return {Figures.Of(solved)}" : "the field has no such figure"],
            ["algorithms", string.Join(", ", AlgorithmCatalog.All.Where(algorithm => algorithm.Refusal(spec) is null).Select(algorithm => algorithm.Name))],
        ], terminal.Width));
        terminal.Output.Write($"\npilotage train --algorithm ppo --environment {entry.Name}\n");
    }

    private static void Show(AlgorithmEntry entry, Terminal terminal)
    {
        terminal.Output.Write($"{entry.Name}: {entry.Title} ({entry.Source})\n{entry.Summary}\n");
        var able = InstalledEnvironments.All().Where(environment => entry.Refusal(environment.Spec) is null).Select(environment => environment.Name);
        terminal.Output.Write(PlainTable.Of([["environments", string.Join(", ", able)]], terminal.Width));
        WriteSettings(entry.Settings, terminal);
        terminal.Output.Write($"\npilotage train --algorithm {entry.Name} --environment CartPole-v1\n");
    }

    private static void WriteSettings(SettingsSchema schema, Terminal terminal)
    {
        terminal.Output.Write("\nSettings (--set key=value, or --config file.yaml)\n");
        foreach (var row in SettingsHelp.Rows(schema))
        {
            var range = row.Range.Length > 0 ? $", {row.Range}" : "";
            terminal.Output.Write($"  {row.Key} = {row.Default}  ({row.Type}{range})\n");
            foreach (var line in Wrap.Lines(row.Summary, terminal.Width - 6)) terminal.Output.Write($"      {line}\n");
        }
    }

    private static string Paragraph(string text, int width) => string.Concat(Wrap.Lines(text, width).Select(line => line + "\n"));
}
