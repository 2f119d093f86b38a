using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.Mujoco.Native;
using Pilotage.Environments.Mujoco.Tasks;
using Pilotage.Lab.Data;

namespace Pilotage.Bench;

/// <summary>
/// Whole environment steps of the MuJoCo tasks (reward, observation, checks, autoreset) by turns with a bare C loop of frame_skip x mj_step that replays the same
/// episodes. The C compiler is called at the start; both sides must end in the same state, bit for bit.
/// </summary>
internal static unsafe class MujocoBench
{
    private const int Repetitions = 61;
    private const double SecondsPerRepetition = 0.05;

    public static IReadOnlyList<BenchRow> Run()
    {
        var folder = DataFolders.Of(DataCatalog.MujocoModels, DataFolders.Root(Environment.GetEnvironmentVariable("PILOTAGE_MODELS"), Environment.CurrentDirectory));
        var bareLoop = NativeLibrary.GetExport(NativeLibrary.Load(Compile()), "bare_loop");
        return
        [
            .. Measure<InvertedPendulum>(TaskVersion.V4), .. Measure<InvertedDoublePendulum>(TaskVersion.V4), .. Measure<Reacher>(TaskVersion.V4), .. Measure<Swimmer>(TaskVersion.V4),
            .. Measure<Hopper>(TaskVersion.V4), .. Measure<Walker2d>(TaskVersion.V4), .. Measure<HalfCheetah>(TaskVersion.V4),
            .. Measure<Ant>(TaskVersion.V4), .. Measure<Ant>(TaskVersion.V5), .. Measure<Humanoid>(TaskVersion.V4), .. Measure<Humanoid>(TaskVersion.V5),
        ];

        IEnumerable<BenchRow> Measure<TTask>(TaskVersion version) where TTask : struct, IMujocoTask<TTask> => MujocoBench.Measure<TTask>(version, folder, bareLoop);
    }

    private static BenchRow[] Measure<TTask>(TaskVersion version, string folder, nint bareLoop) where TTask : struct, IMujocoTask<TTask>
    {
        var task = TTask.Describe(version);
        var model = MujocoModel.Load(Path.Combine(folder, task.ModelFile));
        var row = new MujocoEnvironment<TTask>(model, task, version);
        var environment = new VectorEnvironment<MujocoEnvironment<TTask>>([row], SeedTree.Root(1), task.Spec);
        var random = SeedTree.Root(2).Start();
        var box = (ActionSpace.Box)task.Spec.Actions;
        var batch = new ActionBatch(box, 1);

        // How many steps fill a repetition; also the warm-up.
        var (count, watch) = (0, Stopwatch.StartNew());
        for (; watch.Elapsed.TotalSeconds < 4 * SecondsPerRepetition; count++)
        {
            foreach (ref var value in batch.Values) value = (float)random.NextUniform(box.Low[0], box.High[0]);
            environment.Step(batch);
        }
        var steps = Math.Max(20, count / 4);
        var actions = new float[steps * box.ValueCount];
        foreach (ref var value in actions.AsSpan()) value = (float)random.NextUniform(box.Low[0], box.High[0]);

        environment.Reset();
        var beginning = new ArrayBufferWriter<byte>();
        environment.Save(beginning);
        var (begins, starts) = (new byte[steps], new List<double>());
        NoteStart(0);
        var ended = false;
        for (var step = 0; step < steps; step++)
        {
            Act(step);
            ended = environment.Step(batch).EndedRows.Length > 0;
            if (ended && step + 1 < steps) NoteStart(step + 1);
        }
        var last = row.Data.Positions.ToArray();
        var replay = starts.ToArray();
        var bare = new MujocoData(model);
        var loop = (delegate* unmanaged<nint, nint, nint, nint, nint, nint, nint, int, int, int, int, int, byte*, double*, float*, void>)bareLoop;

        var (ours, theirs, ratios) = (new double[Repetitions], new double[Repetitions], new double[Repetitions]);
        for (var i = 0; i < Repetitions; i++)
        {
            Restore();
            watch.Restart();
            for (var step = 0; step < steps; step++)
            {
                Act(step);
                environment.Step(batch);
            }
            ours[i] = steps / watch.Elapsed.TotalSeconds;

            watch.Restart();
            Replay();
            theirs[i] = steps / watch.Elapsed.TotalSeconds;
            ratios[i] = ours[i] / theirs[i];
        }
        // Where the last step ended an episode, ours stands at the beginning of the next one.
        if (!ended && !last.AsSpan().SequenceEqual(bare.Positions)) Console.Error.WriteLine($"{task.Spec.Name}: the two sides ended in different states.");
        foreach (var values in new[] { ours, theirs, ratios }) Array.Sort(values);
        return
        [
            new($"{task.Spec.Name} environment", ours[Repetitions / 2], "steps/s"),
            new($"{task.Spec.Name} bare loop of {task.FrameSkip} x mj_step", theirs[Repetitions / 2], "steps/s"),
            new($"{task.Spec.Name} ratio ({begins.Sum(begin => begin)} episodes in {steps} steps)", 100 * ratios[Repetitions / 2],
                FormattableString.Invariant($"% (middle half {100 * ratios[Repetitions / 4]:F1} to {100 * ratios[3 * Repetitions / 4]:F1})")),
        ];

        void Act(int step) => actions.AsSpan(step * box.ValueCount, box.ValueCount).CopyTo(batch.Values);

        void Restore()
        {
            var reader = new SequenceReader<byte>(new(beginning.WrittenMemory));
            environment.Load(ref reader);
        }

        void NoteStart(int step)
        {
            begins[step] = 1;
            starts.AddRange(row.Data.Positions);
            starts.AddRange(row.Data.Velocities);
            starts.AddRange(new ReadOnlySpan<double>(*(double**)(row.Data.Pointer + DataLayout.WarmStart), model.VelocityCount));
        }

        void Replay()
        {
            fixed (byte* begin = begins)
            fixed (double* start = replay)
            fixed (float* action = actions)
            {
                nint Part(int offset) => *(nint*)(bare.Pointer + offset);
                loop(
                    MujocoLibrary.Load().StepData, model.Pointer, bare.Pointer, Part(DataLayout.Positions), Part(DataLayout.Velocities), Part(DataLayout.WarmStart), Part(DataLayout.Controls),
                    model.PositionCount, model.VelocityCount, model.ActuatorCount, task.FrameSkip, steps, begin, start, action);
            }
        }
    }

    private static string Compile()
    {
        var library = Path.Combine(Directory.CreateTempSubdirectory("pilotage-bench-").FullName, "bare.so");
        using var compiler = Process.Start("gcc", ["-O2", "-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Mujoco", "bare.c")]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? library : throw new InvalidOperationException("gcc could not compile bare.c.");
    }
}
