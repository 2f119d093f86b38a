using Pilotage.Tensors;

namespace Pilotage.Language.Generation;

/// <summary>A model's parameters by name.</summary>
internal sealed class ParameterNames(Parameters parameters)
{
    private readonly Dictionary<string, Parameter> _all = parameters.All.ToDictionary(parameter => parameter.Name);

    public Parameter this[string name] => _all[name];

    public Parameter? Find(string name) => _all.GetValueOrDefault(name);
}
