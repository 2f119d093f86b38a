using System.Collections.Concurrent;
using System.Text;
using Pilotage.Cluster.Work;

namespace Pilotage.Cluster.Tests;

/// <summary>Doubles a number, and counts how often each was begun. Those that a test holds wait until it lets them go.</summary>
internal sealed class GatedProgram : IWorkProgram
{
    private volatile TaskCompletionSource? _gate;

    public string Kind => "double";

    public ConcurrentDictionary<int, int> Begun { get; } = [];

    public ConcurrentBag<int> Dropped { get; } = [];

    public static WorkTask Task(int number) => new($"number-{number}", "double", Encoding.UTF8.GetBytes($"{number}"));

    public static int Read(WorkResult result) => int.Parse(Encoding.UTF8.GetString(result.Content), System.Globalization.CultureInfo.InvariantCulture);

    public void Hold() => _gate = new();

    public void LetGo() => _gate?.TrySetResult();

    public byte[] Run(WorkInput input, CancellationToken cancellation)
    {
        var number = int.Parse(Encoding.UTF8.GetString(input.Payload), System.Globalization.CultureInfo.InvariantCulture);
        Begun.AddOrUpdate(number, 1, (_, count) => count + 1);
        switch (number)
        {
            case -1: throw new UserMistakeException(["one problem", "another"]);
            case -2: throw new RunFailedException("it is not finite");
            case -3: throw new InvalidOperationException("a defect");
            case -4: return input.Pull("shared");
        }
        try { _gate?.Task.Wait(cancellation); }
        catch (OperationCanceledException)
        {
            Dropped.Add(number);
            throw;
        }
        return Encoding.UTF8.GetBytes($"{2 * number}");
    }
}
