namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Machines and jobs laid out flat: stages are numbered through all jobs, jobs by arrival, equal times in the order given. Immutable; simulations share it.</summary>
internal sealed class ClusterProblem
{
    private ClusterProblem(IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
    {
        (Machines, Jobs) = (machines, jobs);
        var count = jobs.Sum(job => job.Shape.Stages.Count);
        FirstStage = new int[jobs.Count + 1];
        (JobOf, Tasks, Parents, Row) = (new int[count], new int[count], new int[count], new int[count]);
        (Work, Cores, Memory, Tail) = (new double[count], new double[count], new double[count], new double[count]);
        (Children, BytesFrom) = (new int[count][], new (int, double)[count][]);
        Ideal = new double[jobs.Count];
        for (var (j, s) = (0, 0); j < jobs.Count; j++)
        {
            FirstStage[j] = s;
            var shape = jobs[j].Shape;
            for (var i = 0; i < shape.Stages.Count; i++, s++)
            {
                var stage = shape.Stages[i];
                var first = FirstStage[j];
                (JobOf[s], Tasks[s], Parents[s], Row[s]) = (j, stage.Tasks, shape.Parents[i].Length, -1);
                (Work[s], Cores[s], Memory[s], Tail[s]) = (stage.Work, stage.Cores, stage.Memory, shape.Tails[i]);
                Children[s] = Array.ConvertAll(shape.Children[i], child => first + child);
                BytesFrom[s] = [.. shape.Parents[i].Where(parent => shape.Stages[parent].OutputBytes > 0).Select(parent => (first + parent, shape.Stages[parent].OutputBytes / stage.Tasks))];
            }
            Ideal[j] = IdealOf(shape);
        }
        FirstStage[jobs.Count] = count;
        foreach (var (parent, _) in BytesFrom.SelectMany(from => from))
            if (Row[parent] < 0) Row[parent] = Rows++;
    }

    public IReadOnlyList<Machine> Machines { get; }

    /// <summary>By arrival.</summary>
    public IReadOnlyList<Job> Jobs { get; }

    public int StageCount => JobOf.Length;

    /// <summary>First stage of each job, and the number of stages behind the last.</summary>
    public int[] FirstStage { get; }

    public int[] JobOf { get; }

    public int[] Tasks { get; }

    /// <summary>How many stages each stage waits for.</summary>
    public int[] Parents { get; }

    public int[][] Children { get; }

    /// <summary>Work, cores and memory of one task.</summary>
    public double[] Work { get; }

    public double[] Cores { get; }

    public double[] Memory { get; }

    /// <summary>Work on the longest path from the beginning of each stage to the end of its job.</summary>
    public double[] Tail { get; }

    /// <summary>Per stage: stages whose bytes each of its tasks needs, and how many.</summary>
    public (int Parent, double Bytes)[][] BytesFrom { get; }

    /// <summary>Where each stage whose bytes are needed is counted by machine; -1 for the others.</summary>
    public int[] Row { get; }

    /// <summary>Number of stages whose bytes are needed.</summary>
    public int Rows { get; }

    /// <summary>Seconds that each job would take alone with every task on the fastest machine that it fits: what slowdown is measured by.</summary>
    public double[] Ideal { get; }

    /// <summary>Whether a task of a stage could ever run on a machine.</summary>
    public bool CouldRun(int stage, int machine) => CouldRun(Machines[machine], Cores[stage], Memory[stage]);

    /// <summary>Checks and lays out.</summary>
    /// <param name="machines">At least one.</param>
    /// <param name="jobs">At least one, in any order.</param>
    /// <exception cref="UserMistakeException">A number is impossible, a name repeats, or a task fits no machine; holds all problems.</exception>
    public static ClusterProblem Create(IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs)
    {
        UserMistakeException.ThrowIfAny([.. ProblemCheck.Problems(machines, jobs)]);
        return new(machines, [.. jobs.OrderBy(job => job.Arrival)]);                      // stable: equal times stay in the order given
    }

    internal static bool CouldRun(Machine machine, double cores, double memory) => cores <= machine.Cores + ClusterSimulation.Rounding && memory <= machine.Memory + ClusterSimulation.Rounding;

    private double IdealOf(JobShape shape)
    {
        var tails = new double[shape.Stages.Count];
        foreach (var i in shape.Order.Reverse())
        {
            var stage = shape.Stages[i];
            var fastest = 0.0;
            foreach (var machine in Machines)
                if (CouldRun(machine, stage.Cores, stage.Memory)) fastest = Math.Max(fastest, machine.Speed);
            tails[i] = stage.Work / fastest + shape.Children[i].Select(child => tails[child]).DefaultIfEmpty(0).Max();
        }
        return tails.Max();
    }
}
