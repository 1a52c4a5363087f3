import { deadBranch } from '../../diagnostics/codes/dead-branch.ts';
import { networksIn } from '../networks-beneath.ts';
import { defineLint } from './lint.ts';

export const deadBranchLint = defineLint({
  codes: ['dead-branch'],
  check({ model, report, training }) {
    if (!training) return;
    const used = new Map<string, Set<string | null>>();
    const use = (network: string, output: string | null) => {
      const outputs = used.get(network) ?? new Set();
      used.set(network, outputs.add(output));
    };
    for (const { loss } of training.training.updates) {
      for (const { op } of training.findBeneath(loss, 'call')) use(op.network, op.output);
      for (const { op } of training.findBeneath(loss, 'penalty')) {
        for (const node of op.critic.graph) if (node.op.kind === 'call') use(node.op.network, node.op.output);
      }
    }
    const inside = new Set(model.networks.flatMap((network) => networksIn(network.graph)));
    for (const network of model.networks) {
      const outputs = used.get(network.name);
      // What another network does with the outputs is its own affair, and one that no loss uses is reported whole.
      if (!outputs || inside.has(network.name) || network.outputs.length < 2) continue;
      for (const output of network.outputs) {
        if (output.name === null || outputs.has(output.name)) continue;
        const node = network.graph[output.node]!;
        report.report(deadBranch, {
          at: training.spanOf(node),
          facts: { network: network.name, output: output.name },
        });
      }
    }
  },
});
