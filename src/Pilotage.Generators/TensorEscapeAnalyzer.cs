using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Pilotage.Generators;

/// <summary>Warns where a tensor is stored, captured or awaited beyond the step that owns it. A struct may carry tensors; an object, a static field and a later function may not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TensorEscapeAnalyzer : DiagnosticAnalyzer
{
    private const string TensorName = "Pilotage.Tensors.Tensor";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [TensorProblems.Stored, TensorProblems.Captured, TensorProblems.Awaited];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(TensorName) is not { } tensor) return;
            var types = new TensorTypes(tensor);
            start.RegisterSymbolAction(field => Field(field, types), SymbolKind.Field);
            start.RegisterSymbolAction(property => Property(property, types), SymbolKind.Property);
            start.RegisterOperationAction(function => Function(function, types), OperationKind.AnonymousFunction, OperationKind.LocalFunction);
            start.RegisterOperationBlockAction(block => Suspensions(block, types));
        });
    }

    private static void Field(SymbolAnalysisContext context, TensorTypes types)
    {
        var field = (IFieldSymbol)context.Symbol;
        if (!field.IsImplicitlyDeclared) Stored(context, field, field.Type, types);
    }

    // The field behind an automatic property, a record's parameter among them, is nobody's text: the property is.
    private static void Property(SymbolAnalysisContext context, TensorTypes types)
    {
        var property = (IPropertySymbol)context.Symbol;
        var isAutomatic = property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property));
        if (isAutomatic) Stored(context, property, property.Type, types);
    }

    private static void Stored(SymbolAnalysisContext context, ISymbol kept, ITypeSymbol type, TensorTypes types)
    {
        if (!kept.IsStatic && kept.ContainingType is not { IsReferenceType: true } || !types.Carries(type)) return;
        context.ReportDiagnostic(Diagnostic.Create(TensorProblems.Stored, kept.Locations[0], kept.Name));
    }

    private static void Function(OperationAnalysisContext context, TensorTypes types)
    {
        var (symbol, body) = context.Operation switch
        {
            IAnonymousFunctionOperation lambda => (lambda.Symbol, (IOperation)lambda.Body),
            ILocalFunctionOperation local => (local.Symbol, local.Body),
            _ => (null, null),
        };
        if (symbol is null || body is null || Fate(context.Operation, symbol) is not { } fate) return;
        var told = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (used, syntax) in Uses(body))
        {
            if (IsWithin(used.ContainingSymbol, symbol) || !types.Carries(TypeOf(used)) || !told.Add(used)) continue;
            context.ReportDiagnostic(Diagnostic.Create(TensorProblems.Captured, syntax.GetLocation(), used.Name, fate));
        }
    }

    // A function that runs at once, inside the call that it is given to, is none of this rule's business.
    private static string? Fate(IOperation function, IMethodSymbol symbol)
    {
        if (symbol.IsAsync) return "runs on after an await";
        var user = function.Parent;
        while (user is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation) user = user.Parent;
        return user switch
        {
            IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation or IEventReferenceOperation } => "is stored",
            IEventAssignmentOperation => "is stored",
            IReturnOperation => "is returned",
            IArgumentOperation { Parent: IInvocationOperation call } when IsThreading(call.TargetMethod.ContainingType) => "runs on another thread",
            IArgumentOperation { Parent: IObjectCreationOperation made } when IsThreading(made.Type) => "runs on another thread",
            _ => null,
        };
    }

    private static void Suspensions(OperationBlockAnalysisContext context, TensorTypes types)
    {
        if (context.OwningSymbol is not IMethodSymbol) return;
        foreach (var block in context.OperationBlocks)
        {
            var breaks = block.Descendants().Where(operation => operation is IAwaitOperation || operation.Kind == OperationKind.YieldReturn).OrderBy(operation => operation.Syntax.SpanStart).ToList();
            if (breaks.Count == 0) continue;
            var told = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var (used, syntax) in Uses(block))
            {
                if (!types.Carries(TypeOf(used)) || told.Contains(used)) continue;
                var written = LastWrite(block, used, syntax.SpanStart);
                // Within one function: what a lambda's own await does is between the lambda's declaration and its uses.
                var crossed = breaks.FirstOrDefault(pause => pause.Syntax.SpanStart >= written && pause.Syntax.Span.End <= syntax.SpanStart && SymbolEqualityComparer.Default.Equals(Owner(pause, context.OwningSymbol), used.ContainingSymbol));
                if (crossed is null) continue;
                told.Add(used);
                context.ReportDiagnostic(Diagnostic.Create(TensorProblems.Awaited, syntax.GetLocation(), used.Name, crossed is IAwaitOperation ? "await" : "yield"));
            }
        }
    }

    private static ISymbol Owner(IOperation operation, ISymbol outermost)
    {
        for (var above = operation.Parent; above is not null; above = above.Parent)
        {
            if (above is IAnonymousFunctionOperation lambda) return lambda.Symbol;
            if (above is ILocalFunctionOperation local) return local.Symbol;
        }
        return outermost;
    }

    // Where the value that is read was last written, in the order of the text: its declaration or an assignment after it.
    private static int LastWrite(IOperation block, ISymbol symbol, int before)
    {
        var written = symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration ? declaration.Span.End : block.Syntax.SpanStart;
        foreach (var assignment in block.Descendants().OfType<ISimpleAssignmentOperation>())
        {
            var target = assignment.Target is ILocalReferenceOperation local ? local.Local : assignment.Target is IParameterReferenceOperation parameter ? (ISymbol)parameter.Parameter : null;
            if (SymbolEqualityComparer.Default.Equals(target, symbol) && assignment.Syntax.Span.End <= before) written = Math.Max(written, assignment.Syntax.Span.End);
        }
        return written;
    }

    private static IEnumerable<(ISymbol Symbol, SyntaxNode Syntax)> Uses(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation) continue;      // written, not read
            if (operation is ILocalReferenceOperation local) yield return (local.Local, operation.Syntax);
            else if (operation is IParameterReferenceOperation parameter) yield return (parameter.Parameter, operation.Syntax);
        }
    }

    private static ITypeSymbol TypeOf(ISymbol symbol) => symbol is ILocalSymbol local ? local.Type : ((IParameterSymbol)symbol).Type;

    private static bool IsWithin(ISymbol? owner, ISymbol function)
    {
        for (; owner is not null; owner = owner.ContainingSymbol) if (SymbolEqualityComparer.Default.Equals(owner, function)) return true;
        return false;
    }

    private static bool IsThreading(ITypeSymbol? type) => type?.ContainingNamespace?.ToDisplayString() is { } name && (name == "System.Threading" || name.StartsWith("System.Threading.", StringComparison.Ordinal));
}
