using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies.Descriptors;

/// <summary>A <see cref="QNetwork"/>, greedy.</summary>
/// <param name="Hidden">Width of each hidden layer.</param>
/// <param name="Activation">After each hidden layer.</param>
/// <param name="IsDueling">Whether values are split into that of the state and the actions' advantages.</param>
/// <param name="Quantiles">Numbers per action; 1 for plain values.</param>
public sealed record QNetworkDescriptor(IReadOnlyList<int> Hidden, Activation Activation, bool IsDueling = false, int Quantiles = 1) : PolicyDescriptor
{
    /// <summary>For readers of the file: what a mask does.</summary>
    public string Masks => "the best of the legal actions, the first of equal ones";

    /// <inheritdoc/>
    public override IPortablePolicy Build(EnvironmentSpec spec, PolicyWeights weights, Device? device)
    {
        var actions = spec.Actions is ActionSpace.Discrete discrete ? discrete.Count : 1;
        if (Quantiles < 1 || (long)Quantiles * actions > int.MaxValue) throw weights.Unfit($"quantiles is {Quantiles}; it must be at least 1 and leave room for {actions} actions");
        weights.RequirePerceptron(ObservationNetwork.InputsOf(spec), Hidden, ObservationNetwork.OutputsOf(spec, actions * Quantiles));     // a dueling network has more
        var random = SeedTree.Root(0).Initialisation.Start();
        var network = new QNetwork(spec, Hidden, Activation, ref random, device, IsDueling, Quantiles);
        weights.Fill(network.Parameters.Blocks);
        return network;
    }
}
