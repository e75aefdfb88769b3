import type { ModelSteps } from '../../port.ts'
import { attach, type Attachments } from './attach.ts'
import { readBrief, type Brief } from './brief.ts'
import { renderPlan, type Grounded, type GroundedMilestone, type GroundedPlan } from './grounded.ts'
import { pace, type Pace } from './pace.ts'
import { selectTasks } from './select-tasks.ts'
import type { MilestoneTemplate, TaskTemplate } from './template.ts'
import { writeRisks } from './write-risks.ts'
import { writeStrategy } from './write-strategy.ts'
import { writeSummary } from './write-summary.ts'
import { countedOf, writeTask, type TaskParts } from './write-task.ts'

function acceptanceOf(parts: readonly TaskParts[]): readonly (string | Grounded)[] {
  const counted = parts.flatMap(({ requirements }) =>
    requirements.flatMap((requirement) =>
      countedOf([requirement]).map((text) => ({ text: `Counted: ${text}.`, from: [requirement.id] })),
    ),
  )
  return [...parts.map(({ task }) => `${task.deliverable}.`), ...counted.slice(0, 4)]
}

function partsOf(tasks: readonly TaskTemplate[], plan: Pace, attachments: Attachments): readonly TaskParts[] {
  return tasks.map((task) => ({
    task,
    minutes: plan.minutes.get(task.id) ?? 1,
    requirements: attachments.requirements.get(task.id) ?? [],
    criteria: attachments.criteria.get(task.id) ?? [],
  }))
}

function writeMilestones(
  brief: Brief,
  milestones: readonly MilestoneTemplate[],
  plan: Pace,
  attachments: Attachments,
): readonly GroundedMilestone[] {
  return milestones.map(({ id, title, purpose, tasks }, index) => {
    const parts = partsOf(tasks, plan, attachments)
    return {
      id,
      title,
      purpose,
      acceptance_criteria: acceptanceOf(parts),
      due_strategy: plan.dueStrategies[index] ?? '',
      order: index + 1,
      tasks: parts.map((part) => writeTask(brief, part)),
    }
  })
}

/** Puts a plan together from a way of working and what hangs on its tasks; dates, efforts and checklist are counted here. */
export function composePlan(
  brief: Brief,
  milestones: readonly MilestoneTemplate[],
  attachments: Attachments,
): GroundedPlan {
  const plan = pace(brief, milestones, attachments)
  const tasks = milestones.flatMap((milestone) => milestone.tasks)
  return {
    assignment_summary: writeSummary(brief),
    milestones: writeMilestones(brief, milestones, plan, attachments),
    risks: writeRisks(brief, plan),
    submission_strategy: writeStrategy(brief, partsOf(tasks, plan, attachments)),
  }
}

/**
 * Drafts a plan by rules from what was distilled: the genre's way of working with the requirements hung on its tasks.
 * Deterministic; ids come from the templates, so small changes of the text leave them as they are.
 */
export function draftOffline(input: ModelSteps['draft']['input']): ModelSteps['draft']['output'] {
  const brief = readBrief(input)
  const milestones = selectTasks(brief.template, brief.occasion)
  const attachments = attach(
    brief,
    milestones.flatMap(({ tasks }) => tasks),
  )
  return renderPlan(composePlan(brief, milestones, attachments), brief.toldBy)
}
