using Pilotage.Cli.Measuring;
using Pilotage.Cli.Printing;
using Pilotage.Lab.Devices;
using Pilotage.Systems;
using Pilotage.Tensors;

namespace Pilotage.Cli.Commands;

/// <summary>Speed cases as the user sees them: progress, table, what is missing; what was measured before Ctrl-C is shown too.</summary>
internal static class BenchSession
{
    /// <summary>Measures and prints.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="groups">The cases; groups without any are left away.</param>
    /// <param name="seconds">Of each side of a row.</param>
    /// <param name="threads">Inside tensor operations, of both sides.</param>
    /// <param name="devices">Where the other side is looked for.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="asJson">Whether to print the report alone.</param>
    /// <returns><see cref="ExitCode.Interrupted"/> where Ctrl-C ended it.</returns>
    public static int Run(string name, IReadOnlyList<SpeedGroup> groups, double seconds, int threads, DeviceCatalog devices, Terminal terminal, bool asJson)
    {
        var cases = groups.SelectMany(group => group.Cases.Select(one => (Group: group.Name, Case: one))).ToList();
        var machine = MeasuredMachine.Read();
        var (other, advice) = cases.Any(one => one.Case.RunsOnTorch) ? OtherSide(devices, threads) : (null, "");
        var (rows, leftOut) = (new List<SpeedRow>(), new List<(string, string, string)>());
        Watch.Run(terminal, "", tell =>
        {
            Measure(tell);
            return rows.Count;
        });

        var report = new SpeedReport(name, machine, threads, seconds, rows) { Wanted = cases.Count, LeftOut = leftOut, Advice = advice };
        if (asJson) Json.Write(terminal.Output, report.Write);
        else terminal.Output.Write(SpeedTable.Of(report, terminal.Width));
        if (report.IsComplete) return ExitCode.Ok;
        terminal.Error.WriteLine($"pilotage: interrupted; {rows.Count} of {cases.Count} rows were measured.");
        return ExitCode.Interrupted;

        void Measure(Action<double, string> tell)
        {
            var (meter, device) = (new SpeedMeter(seconds, terminal.Time, terminal.Interrupted), Device.Processor(threads));
            for (var i = 0; i < cases.Count; i++)
            {
                var (group, one) = cases[i];
                try
                {
                    rows.Add(meter.Measure(group, one, device, other, share => tell((i + share) / cases.Count, one.Name)));
                }
                catch (UserMistakeException mistake)
                {
                    // The machine lacks something: the other rows do not.
                    leftOut.Add((group, one.Name, OneLine(mistake)));
                }
                catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }

    private static ((Device Device, string Name)? Other, string Advice) OtherSide(DeviceCatalog devices, int threads)
    {
        if (!devices.HasTorch) return (null, $"Nothing to compare with: the Torch plug-in is not there. {TorchPlugin.Remedy}");
        try
        {
            var (device, version) = devices.FindTorch(threads);
            return ((device, $"libtorch {version}"), "");
        }
        catch (UserMistakeException mistake)
        {
            return (null, OneLine(mistake));
        }
    }

    private static string OneLine(UserMistakeException mistake) =>
        string.Join(' ', mistake.Problems.SelectMany(problem => problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
