using System.Runtime.InteropServices;
using Pilotage.Environments.Mujoco;

namespace Pilotage.Environments.Tests.Mujoco;

/// <summary>The tasks once more, from their definitions: everything by name, every call into MuJoCo its own, nothing of the tasks' code.</summary>
/// <remarks>Always resets with <c>mj_resetData</c> and always computes external forces, as Gymnasium does.</remarks>
internal sealed unsafe class Oracle
{
    private readonly MujocoModel _model;
    private readonly nint _m;
    private readonly nint _d;
    private readonly delegate* unmanaged<nint, nint, void> _reset = Export("mj_resetData"), _step = Export("mj_step"), _forward = Export("mj_forward"), _forces = Export("mj_rnePostConstraint");

    public Oracle(MujocoModel model)
    {
        _model = model;
        _m = model.Pointer;
        _d = ((delegate* unmanaged<nint, nint>)Export("mj_makeData"))(_m);
    }

    public void Begin(ReadOnlySpan<double> positions, ReadOnlySpan<double> velocities)
    {
        _reset(_m, _d);
        positions.CopyTo(new(Data(40376), positions.Length));
        velocities.CopyTo(new(Data(40384), velocities.Length));
        _forward(_m, _d);
    }

    /// <summary>One step of the named task.</summary>
    public (double Reward, bool Terminated) Step(string task, ReadOnlySpan<float> action)
    {
        var v5 = task.EndsWith("v5", StringComparison.Ordinal);
        var name = task[..task.IndexOf('-', StringComparison.Ordinal)];
        var (skip, interval) = name switch
        {
            "Hopper" or "Walker2d" => (4, 0.008),
            "HalfCheetah" or "Ant" or "InvertedDoublePendulum" => (5, 0.05),
            "Humanoid" => (5, 0.015),
            "Swimmer" => (4, 0.04),
            "InvertedPendulum" => (2, 0.04),
            "Reacher" => (2, 0.02),
            _ => throw new ArgumentException(task),
        };
        var before = Progress(name);
        var distance = name == "Reacher" ? Distance() : 0;
        for (var i = 0; i < action.Length; i++) Data(40408)[i] = action[i];
        for (var i = 0; i < skip; i++) _step(_m, _d);
        _forces(_m, _d);

        var speed = (Progress(name) - before) / interval;
        var effort = action.ToArray().Sum(value => (double)value * value);
        switch (name)
        {
            case "Hopper":
                var healthy = Q("rootz") > 0.7 && Math.Abs(Q("rooty")) < 0.2 && HopperState().All(value => Math.Abs(value) < 100);
                return (speed + Bonus(1, healthy, v5) - 0.001 * effort, !healthy);
            case "Walker2d":
                healthy = Q("rootz") > 0.8 && Q("rootz") < 2 && Math.Abs(Q("rooty")) < 1;
                return (speed + Bonus(1, healthy, v5) - 0.001 * effort, !healthy);
            case "HalfCheetah": return (speed - 0.1 * effort, false);
            case "Swimmer": return (speed - 1e-4 * effort, false);
            case "Ant":
                healthy = Q("root", 2) >= 0.2 && Q("root", 2) <= 1;
                var squares = Bodies(41168, 6).Sum(force => Math.Pow(Math.Max(-1, Math.Min(1, force)), 2));
                return (speed + Bonus(1, healthy, v5) - 0.5 * effort - (v5 ? 5e-4 * squares : 0), !healthy);
            case "Humanoid":
                healthy = Q("root", 2) > 1 && Q("root", 2) < 2;
                var impact = Math.Min(10, 5e-7 * Bodies(41168, 6).Sum(force => force * force));
                return (1.25 * speed + Bonus(5, healthy, v5) - 0.1 * effort - (v5 ? impact : 0), !healthy);
            case "InvertedPendulum":
                healthy = Math.Abs(Q(1)) <= 0.2;
                return (Bonus(1, healthy, v5), !healthy);
            case "InvertedDoublePendulum":
                var tip = _model.Find(MujocoObject.Site, "tip");
                var (x, y) = (Data(40552)[3 * tip], Data(40552)[3 * tip + 2]);
                var cost = 0.01 * Math.Pow(x, 2) + Math.Pow(y - 2, 2) + 0.001 * Math.Pow(V("hinge"), 2) + 0.005 * Math.Pow(V("hinge2"), 2);
                return (Bonus(10, y > 1, v5) - cost, y <= 1);
            default: return (-(v5 ? Distance() : distance) - effort, false);
        }
    }

    /// <summary>The observation of the named task.</summary>
    public double[] Observe(string task)
    {
        var v5 = task.EndsWith("v5", StringComparison.Ordinal);
        string[] walker = ["thigh_joint", "leg_joint", "foot_joint", "thigh_left_joint", "leg_left_joint", "foot_left_joint"];
        string[] cheetah = ["bthigh", "bshin", "bfoot", "fthigh", "fshin", "ffoot"];
        return task[..task.IndexOf('-', StringComparison.Ordinal)] switch
        {
            "Hopper" => [Q("rootz"), Q("rooty"), .. walker[..3].Select(joint => Q(joint)), .. Clip(10, ["rootx", "rootz", "rooty", .. walker[..3]])],
            "Walker2d" => [Q("rootz"), Q("rooty"), .. walker.Select(joint => Q(joint)), .. Clip(10, ["rootx", "rootz", "rooty", .. walker])],
            "HalfCheetah" => [Q("rootz"), Q("rooty"), .. cheetah.Select(joint => Q(joint)), .. Clip(1e300, ["rootx", "rootz", "rooty", .. cheetah])],
            "Swimmer" => [Q("free_body_rot"), Q("motor1_rot"), Q("motor2_rot"), .. Clip(1e300, ["slider1", "slider2", "free_body_rot", "motor1_rot", "motor2_rot"])],
            "Ant" =>
            [
                .. Enumerable.Range(2, 13).Select(Q), .. Enumerable.Range(0, 14).Select(V),
                .. v5 ? Bodies(41168, 6)[6..].Select(force => Math.Max(-1, Math.Min(1, force))) : [],
            ],
            "Humanoid" =>
            [
                .. Enumerable.Range(2, 22).Select(Q), .. Enumerable.Range(0, 23).Select(V), .. Bodies(40616, 10)[(v5 ? 10 : 0)..], .. Bodies(40960, 6)[(v5 ? 6 : 0)..],
                .. Enumerable.Range(v5 ? 6 : 0, v5 ? 17 : 23).Select(i => Data(41088)[i]), .. Bodies(41168, 6)[(v5 ? 6 : 0)..],
            ],
            "InvertedPendulum" => [Q(0), Q(1), V(0), V(1)],
            "InvertedDoublePendulum" =>
            [
                Q("slider"), Math.Sin(Q("hinge")), Math.Sin(Q("hinge2")), Math.Cos(Q("hinge")), Math.Cos(Q("hinge2")), .. Clip(10, ["slider", "hinge", "hinge2"]),
                .. Enumerable.Range(0, v5 ? 1 : 3).Select(i => Math.Max(-10, Math.Min(10, Data(41136)[i]))),
            ],
            "Reacher" =>
            [
                Math.Cos(Q("joint0")), Math.Cos(Q("joint1")), Math.Sin(Q("joint0")), Math.Sin(Q("joint1")), Q("target_x"), Q("target_y"), V("joint0"), V("joint1"),
                .. Way()[..(v5 ? 2 : 3)],
            ],
            _ => throw new ArgumentException(task),
        };
    }

    private static double Bonus(double bonus, bool healthy, bool v5) => healthy || !v5 ? bonus : 0;

    private static delegate* unmanaged<nint, nint, void> Export(string name) => (delegate* unmanaged<nint, nint, void>)NativeLibrary.GetExport(NativeLibrary.Load("libmujoco.so.2.2.2"), name);

    private double Progress(string name) => name switch
    {
        "Hopper" or "Walker2d" or "HalfCheetah" => Q("rootx"),
        "Swimmer" => Q("slider1"),
        "Ant" => Data(40480)[3 * _model.Find(MujocoObject.Body, "torso")],
        "Humanoid" => Enumerable.Range(0, _model.BodyCount).Sum(body => _model.BodyMasses[body] * Data(40504)[3 * body]) / _model.BodyMasses.ToArray().Sum(),
        _ => 0,
    };

    private double[] HopperState() => [.. Enumerable.Range(2, 4).Select(Q), .. Enumerable.Range(0, 6).Select(V)];

    private double[] Way()
    {
        var (tip, target) = (_model.Find(MujocoObject.Body, "fingertip"), _model.Find(MujocoObject.Body, "target"));
        return [.. Enumerable.Range(0, 3).Select(axis => Data(40480)[3 * tip + axis] - Data(40480)[3 * target + axis])];
    }

    private double Distance() => Math.Sqrt(Way().Sum(part => part * part));

    private double[] Clip(double bound, string[] joints) => [.. joints.Select(joint => Math.Max(-bound, Math.Min(bound, V(joint))))];

    private double[] Bodies(int offset, int width) => new Span<double>(Data(offset), width * _model.BodyCount).ToArray();

    private double Q(string joint, int part = 0) => Q(Address(joint, 1288) + part);

    private double V(string joint) => V(Address(joint, 1296));

    private double Q(int index) => Data(40376)[index];

    private double V(int index) => Data(40384)[index];

    private int Address(string joint, int table) => (*(int**)(_m + table))[_model.Find(MujocoObject.Joint, joint)];

    private double* Data(int offset) => *(double**)(_d + offset);
}
