import type { DateTime } from 'luxon'

import type { Attachments } from './attach.ts'
import type { Brief } from './brief.ts'
import { formatDistance } from './deadline.ts'
import { formatFullMoment, formatMoment } from '../text/zone.ts'
import { fitEfforts, formatWork, weightOfPoints } from './effort.ts'
import { clip } from './grounded.ts'
import { findAnchors, type NamedAnchor } from './find-anchors.ts'
import { afterToday, capacityMinutes, finishBefore, readableDates, scheduleSteps } from './schedule.ts'
import type { MilestoneTemplate, TaskTemplate } from './template.ts'

// Without a date to work towards: what fits beside classes.
const MINUTES_A_DAY = 120
const START_MINUTES = 20

/** Minutes for each task, a due strategy for each milestone, and how tight it is. */
export interface Pace {
  readonly minutes: ReadonlyMap<string, number>
  readonly dueStrategies: readonly string[]
  /** Dates of the text for which no task was found. */
  readonly looseDates: readonly string[]
  /** Minutes the work usually takes, and minutes there are; null when it fits. */
  readonly tight: { readonly usual: number; readonly room: number } | null
}

function usualMinutes(brief: Brief, task: TaskTemplate, isFirst: boolean): number {
  const points = weightOfPoints(brief.context.assignment.points_possible)
  const minutes = task.minutes(brief.size) * points * brief.adjustment.effortFactor
  return isFirst ? Math.min(START_MINUTES, minutes) : minutes
}

function sum(minutes: readonly number[]): number {
  return minutes.reduce((total, part) => total + part, 0)
}

function sayDates(
  brief: Brief,
  dates: readonly DateTime[],
  work: readonly number[],
  anchors: readonly NamedAnchor[],
): readonly string[] {
  const { deadline, target } = brief
  if (deadline.kind !== 'ahead' && deadline.kind !== 'late') return []
  const canvas = deadline.kind === 'ahead' && deadline.says === 'due' ? 'the deadline' : 'Canvas closes'
  const end = target === null ? canvas : `“${clip(target.text, 80)}”, the date in the instructions`
  return dates.map((date, index) => {
    const named = anchors.filter(({ milestone }) => milestone === index).map(({ because }) => because(date))
    const words = [
      `By ${formatMoment(date)}`,
      `${formatDistance(date, target?.at ?? deadline.at)} ${end}`,
      `about ${formatWork(work[index] ?? 0)} of work`,
    ]
    return `${[...words, ...named.slice(0, 2)].join('; ')}.`
  })
}

function sayDays(work: readonly number[]): readonly string[] {
  let done = 0
  return work.map((minutes) => {
    done += minutes
    const day = Math.max(1, Math.ceil(done / MINUTES_A_DAY))
    return `No due date in Canvas: by the end of day ${day} after you start, at about ${MINUTES_A_DAY / 60} h a day; about ${formatWork(minutes)} of work.`
  })
}

/** The index of the last task of each milestone, counted over all of them. */
function lastSteps(milestones: readonly MilestoneTemplate[]): readonly number[] {
  let count = 0
  return milestones.map(({ tasks }) => (count += tasks.length) - 1)
}

/** For each milestone the earliest date set for it or for one behind it that is still to come, else the end of the plan. */
function latestOf(
  ends: readonly DateTime[],
  now: DateTime,
  anchors: readonly NamedAnchor[],
): readonly DateTime[] {
  return ends.map((_, index) => {
    const set = anchors.filter(({ milestone, due }) => milestone >= index && due > now).map(({ due }) => due)
    return [...set, ...ends.slice(-1)].reduce((one, other) => (one < other ? one : other))
  })
}

/** Shares the time there is over tasks and milestones; too little time shortens every task alike and says so. */
export function pace(brief: Brief, milestones: readonly MilestoneTemplate[], attached: Attachments): Pace {
  const { now, deadline, target, adjustment } = brief
  const tasks = milestones.flatMap((milestone) => milestone.tasks)
  const usual = tasks.map((task, index) => usualMinutes(brief, task, index === 0))
  const ahead = deadline.kind === 'ahead' || deadline.kind === 'late'
  const end = ahead ? finishBefore(target?.at ?? deadline.at, now, adjustment.bufferFactor) : null
  const room = end === null ? Infinity : capacityMinutes(now, end)
  const minutes = new Map(fitEfforts(usual, room).map((effort, index) => [tasks[index]?.id ?? '', effort]))
  const work = milestones.map((milestone) => sum(milestone.tasks.map(({ id }) => minutes.get(id) ?? 0)))
  const tight = sum(usual) > room ? { usual: sum(usual), room: sum(work) } : null

  const { placed, loose: looseDates } = findAnchors(brief, milestones, attached)
  const base = { minutes, tight, looseDates }

  if (deadline.kind === 'passed') {
    const says = `The deadline ${formatFullMoment(deadline.at)} has passed`
    const dueStrategies = work.map(
      (part) => `As soon as you can: ${says}; about ${formatWork(part)} of work.`,
    )
    return { ...base, dueStrategies }
  }
  if (end === null) return { ...base, dueStrategies: sayDays(work) }
  const steps = scheduleSteps([...minutes.values()], now, end, placed)
  const ends = lastSteps(milestones).map((last) => steps[last] ?? end)
  const dates = afterToday(readableDates(ends, now), now, latestOf(ends, now, placed))
  return { ...base, dueStrategies: sayDates(brief, dates, work, placed) }
}
