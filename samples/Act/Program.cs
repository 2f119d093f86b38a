using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Pilotage;
using Pilotage.Environments;
using Pilotage.Policies;

// Act <run or policy folder> <number>...            the action for one observation
// Act <run or policy folder> --measure <seconds>    how many decisions a second
try
{
    if (args.Length < 2) throw new UserMistakeException("Give the folder of a policy, then one observation, number by number, or --measure <seconds>.");
    if (args[1] == "--measure") Measure(args[0], double.Parse(args[2], CultureInfo.InvariantCulture));
    else Act(args[0], [.. args[1..].Select(number => float.Parse(number, CultureInfo.InvariantCulture))]);
    return 0;
}
catch (UserMistakeException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

static void Act(string folder, float[] observation)
{
    var (policy, spec) = (PolicyFile.Load(folder), PolicyFile.ReadManifest(folder).Environment);
    var (actions, memory, random) = (new ActionBatch(spec.Actions, rows: 1), policy.CreateMemory(rows: 1), SeedTree.Root(0).Start());
    policy.Act(new FrameBatch(1, observation), memory, ref random, actions);
    Console.WriteLine(string.Join(" ", [.. actions.Indices.ToArray().Select(index => $"{index}"), .. actions.Values.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture))]));
}

static void Measure(string folder, double seconds)
{
    Console.WriteLine($"ahead of time: {!RuntimeFeature.IsDynamicCodeSupported}, widest vectors: {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128)} bits");
    var (policy, spec) = (PolicyFile.Load(folder), PolicyFile.ReadManifest(folder).Environment);
    foreach (var rows in new[] { 1, 64 })
    {
        var random = SeedTree.Root(0).Start();
        var (actions, memory, observations) = (new ActionBatch(spec.Actions, rows), policy.CreateMemory(rows), new float[rows * spec.ObservationSize]);
        foreach (ref var number in observations.AsSpan()) number = (float)random.NextNormal();
        Span<bool> legal = new bool[rows * spec.Actions.LegalCount];
        legal.Fill(true);
        // The first part is not counted: code that is compiled while it runs becomes fast only then.
        Count(seconds / 2, observations, legal, ref random);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows,2} rows at once: {Count(seconds, observations, legal, ref random):0} decisions/s"));

        double Count(double wanted, float[] observations, ReadOnlySpan<bool> legal, ref Randomness random)
        {
            var clock = Stopwatch.StartNew();
            for (var calls = 0L; ; calls++)
            {
                if (calls % 256 == 0 && clock.Elapsed.TotalSeconds >= wanted) return calls * rows / clock.Elapsed.TotalSeconds;
                policy.Act(new FrameBatch(rows, observations, legal), memory, ref random, actions);
            }
        }
    }
}
